package io.provision.plan;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Something that a change might break for somebody else. {@code init} does it only when a person agrees, or with
 * {@code --allow-hazard KIND}.
 *
 * @param kind as {@code --allow-hazard} takes it
 * @param message what might break, for whom
 * @param object which object of the catalogs might break, as the server has it (class and object ID); empty where it is
 *     none that a rollback could drop
 */
public record Hazard(String kind, String message, Optional<String> object) {

    /** The owner of a schema, or of what a view reads with his rights, loses it to the instance's role. */
    public static final String OWNERSHIP = "ownership";

    /** A publication loses the table, or its subscribers do not find it any more. */
    public static final String PUBLICATION = "publication";

    /** A subscription writes to the table under its old name. */
    public static final String SUBSCRIPTION = "subscription";

    /** A function's text names the table. */
    public static final String FUNCTION_TEXT = "function-text";

    /** A tool keeps the table's name as text. */
    public static final String TOOL = "tool";

    /** Everybody may use the table, and nobody is let into the schema for that. */
    public static final String PUBLIC_ACCESS = "public-access";

    /** All that there are. */
    public static final List<String> KINDS =
            List.of(OWNERSHIP, PUBLICATION, SUBSCRIPTION, FUNCTION_TEXT, TOOL, PUBLIC_ACCESS);

    public Hazard {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(object, "object");
    }

    public Hazard(String kind, String message) {
        this(kind, message, Optional.empty());
    }
}
