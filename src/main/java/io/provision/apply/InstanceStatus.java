package io.provision.apply;

import io.provision.manifest.Instance;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How an instance stands.
 *
 * @param schemaStands whether its schema is there
 * @param roleStands whether its role is there
 * @param tables in its schema; empty where PostgreSQL was left out
 * @param rows the server's estimate; empty where PostgreSQL was left out
 * @param keys in its namespace; empty where Redis was left out
 * @param keysComplete whether the count saw all keys
 * @param volumeBytes empty where the disk was left out
 * @param discovery what its service wrote about itself, as raw text; empty where it is not registered
 * @param drift how many changes {@code plan} would make for it
 */
public record InstanceStatus(
        Instance instance,
        boolean schemaStands,
        boolean roleStands,
        OptionalLong tables,
        OptionalLong rows,
        OptionalLong keys,
        boolean keysComplete,
        OptionalLong volumeBytes,
        Optional<String> discovery,
        int drift) {

    public InstanceStatus {
        Objects.requireNonNull(instance, "instance");
        Objects.requireNonNull(tables, "tables");
        Objects.requireNonNull(rows, "rows");
        Objects.requireNonNull(keys, "keys");
        Objects.requireNonNull(volumeBytes, "volumeBytes");
        Objects.requireNonNull(discovery, "discovery");
    }

    /** {@code healthy}, {@code drifted} where {@code plan} would change something, {@code missing} without a schema. */
    public String status() {
        if (tables.isPresent() && !schemaStands) {
            return "missing";
        }
        return drift == 0 ? "healthy" : "drifted";
    }
}
