package io.provision.manifest;

import io.provision.problem.Problem;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A manifest that was read, filled, cascaded and found to be without error ({@code manifest.md}).
 *
 * @param folder what relative paths are relative to: the absolute folder of the first file
 * @param ecosystem the ecosystem's name; marks what the tool makes
 * @param variables names of all that its values refer to, whether they are set or not
 * @param sha256 of all files' bytes, in the order given, as lower-case hex
 * @param instances in the order of the file
 * @param warnings what is not wrong enough to stop for
 */
public record Manifest(
        Path folder,
        String ecosystem,
        Set<String> variables,
        String sha256,
        PostgresSettings postgres,
        RedisSettings redis,
        List<Instance> instances,
        List<Problem> warnings) {

    public Manifest {
        Objects.requireNonNull(folder, "folder");
        Objects.requireNonNull(ecosystem, "ecosystem");
        variables = Collections.unmodifiableSet(new TreeSet<>(variables));
        Objects.requireNonNull(sha256, "sha256");
        Objects.requireNonNull(postgres, "postgres");
        Objects.requireNonNull(redis, "redis");
        instances = List.copyOf(instances);
        warnings = List.copyOf(warnings);
    }

    /** For many look-ups: it is made when it is asked for. */
    public Map<String, Instance> byName() {
        return instances.stream().collect(Collectors.toMap(Instance::name, Function.identity()));
    }

    /** For one look-up: it goes through all of them. */
    public Optional<Instance> instance(String name) {
        return instances.stream().filter(i -> i.name().equals(name)).findFirst();
    }
}
