package io.provision.status;

import io.provision.manifest.Instance;
import io.provision.postgres.SchemaSizes;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How an instance stands.
 *
 * @param schema how much is in its schema; empty inside where that does not stand
 * @param role whether its role is there
 * @param keys in its namespace
 * @param volumeBytes in its folders
 * @param registration what its service wrote about itself; empty inside where it is not registered
 * @param drift how many changes {@code plan} would make for it
 */
public record InstanceStatus(
        Instance instance,
        Seen<Optional<SchemaSizes.Size>> schema,
        Seen<Boolean> role,
        Seen<Amount> keys,
        Seen<Amount> volumeBytes,
        Seen<Optional<Registration>> registration,
        Seen<Integer> drift) {

    public InstanceStatus {
        Objects.requireNonNull(instance, "instance");
        Objects.requireNonNull(schema, "schema");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(keys, "keys");
        Objects.requireNonNull(volumeBytes, "volumeBytes");
        Objects.requireNonNull(registration, "registration");
        Objects.requireNonNull(drift, "drift");
    }

    /**
     * {@code missing} without a schema, {@code drifted} where {@code plan} would change something, {@code unknown}
     * where nobody can tell, {@code healthy} otherwise.
     */
    public String status() {
        if (schema.value().filter(Optional::isEmpty).isPresent()) {
            return "missing";
        }
        if (drift.value().filter(changes -> changes > 0).isPresent()) {
            return "drifted";
        }
        return drift.unknown().isPresent() ? "unknown" : "healthy";
    }

    /** What could not be seen, and why, in sentences without a full stop. */
    public List<String> unknown() {
        return Stream.of(
                        keys.unknown().map("keys: %s"::formatted),
                        registration.unknown().map("registered: %s"::formatted),
                        drift.unknown().map("drift: %s"::formatted))
                .flatMap(Optional::stream)
                .toList();
    }
}
