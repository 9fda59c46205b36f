package io.provision.naming;

import java.util.Objects;
import java.util.Optional;

/**
 * Names that the manifest says itself, possibly with placeholders ({@code {service}}, {@code {instance}},
 * {@code {stem}}, {@code {entity}}), and the stem that it sets.
 */
public record Overrides(
        Optional<String> stem,
        Optional<String> schema,
        Optional<String> namespace,
        Optional<String> role,
        Optional<String> redisUser) {

    public static final Overrides NONE =
            new Overrides(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public Overrides {
        Objects.requireNonNull(stem, "stem");
        Objects.requireNonNull(schema, "schema");
        Objects.requireNonNull(namespace, "namespace");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(redisUser, "redisUser");
    }
}
