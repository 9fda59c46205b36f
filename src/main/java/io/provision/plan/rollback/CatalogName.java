package io.provision.plan.rollback;

import io.provision.plan.MigrationResource.Placement;
import io.provision.plan.Movable.Space;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What nothing else in a database is called: a move names it in one way, {@code pg_identify_object} in another.
 *
 * @param name unquoted; of a function quoted, with the types of its arguments
 */
record CatalogName(Space space, String schema, String name) {

    /** As {@code pg_identify_object} has it. */
    static final Pattern IDENTITY = Pattern.compile("(\"(?:[^\"]|\"\")+\"|[^\".]+)\\.(.+)");

    /** Of what was moved, where it stands in this schema. */
    static CatalogName of(Placement placement, String schema) {
        Space space = placement.type().space();
        return new CatalogName(
                space,
                schema,
                space == Space.FUNCTION ? signature(placement.name()) : placement.name());
    }

    /**
     * Empty of what has no name of its own in a schema.
     *
     * @param type as {@code pg_identify_object} has it
     * @param identity as {@code pg_identify_object} has it
     */
    static Optional<CatalogName> of(String type, String identity) {
        Matcher parts = IDENTITY.matcher(identity);
        if (!parts.matches()) {
            return Optional.empty();
        }
        Space space = space(type);
        return Optional.of(new CatalogName(
                space,
                unquoted(parts.group(1)),
                space == Space.FUNCTION ? signature(parts.group(2)) : unquoted(parts.group(2))));
    }

    private static Space space(String type) {
        return switch (type) {
            case "type", "composite type" -> Space.TYPE;
            case "statistics object" -> Space.STATISTICS;
            case "function", "procedure", "aggregate" -> Space.FUNCTION;
            default -> Space.RELATION;
        };
    }

    /** {@code pg_get_function_identity_arguments} has spaces, {@code pg_identify_object} the server's own schema. */
    private static String signature(String function) {
        return function.replace(", ", ",").replace("pg_catalog.", "");
    }

    static String unquoted(String name) {
        return name.startsWith("\"")
                ? name.substring(1, name.length() - 1).replace("\"\"", "\"")
                : name;
    }
}
