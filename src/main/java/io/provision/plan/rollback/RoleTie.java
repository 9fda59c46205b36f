package io.provision.plan.rollback;

import io.provision.plan.MigrationResource.Placement;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Something that would go with a role, or that holds it.
 *
 * @param database where, if it is not this one
 * @param schema the schema that it is about, or in
 * @param key the object, as {@link ObjectGraph.Node#key} has it
 * @param names what it is called by in its schema: the object, as {@link Placement#name} has it, and the table whose
 *     sequence it is, because that goes wherever the table goes; of a membership, the other role
 * @param text as a person reads it, after "it": {@code owns the table exchange_okx.orders}
 */
public record RoleTie(
        String role,
        Kind kind,
        Optional<String> database,
        Optional<String> schema,
        Optional<String> key,
        List<String> names,
        String text) {

    /** What ties. */
    public enum Kind { OWNS_SCHEMA, OWNS, GRANTED_SCHEMA, GRANTED, DEFAULT, SEARCH_PATH, SETTING, MEMBERSHIP, OTHER }

    public RoleTie {
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(database, "database");
        Objects.requireNonNull(schema, "schema");
        Objects.requireNonNull(key, "key");
        names = List.copyOf(names);
        Objects.requireNonNull(text, "text");
    }

    boolean isIn(String place) {
        return schema.filter(place::equals).isPresent();
    }

    boolean isAbout(String place, String name) {
        return isIn(place) && names.contains(name);
    }
}
