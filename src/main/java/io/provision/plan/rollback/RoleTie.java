package io.provision.plan.rollback;

import java.util.Objects;
import java.util.Optional;

/**
 * Something that would go with a role, or that holds it.
 *
 * @param database where, if it is not this one
 * @param schema the schema that it is about, or in
 * @param key the object, as {@link ObjectGraph.Node#key} has it
 * @param other the other role, of a membership or of a default privilege
 * @param text as a person reads it, after "it": {@code owns the table exchange_okx.orders}
 */
public record RoleTie(
        String role,
        Kind kind,
        Optional<String> database,
        Optional<String> schema,
        Optional<String> key,
        Optional<String> other,
        String text) {

    /** What ties. */
    public enum Kind { OWNS_SCHEMA, OWNS, GRANTED_SCHEMA, GRANTED, DEFAULT, SEARCH_PATH, SETTING, MEMBERSHIP, OTHER }

    public RoleTie {
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(database, "database");
        Objects.requireNonNull(schema, "schema");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(other, "other");
        Objects.requireNonNull(text, "text");
    }
}
