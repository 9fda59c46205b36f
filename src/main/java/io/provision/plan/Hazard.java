package io.provision.plan;

import java.util.List;
import java.util.Objects;

/**
 * Something that a change might break for somebody else. {@code init} does it only when a person agrees, or with
 * {@code --allow-hazard KIND}.
 *
 * @param kind as {@code --allow-hazard} takes it
 * @param message what might break, for whom
 */
public record Hazard(String kind, String message) {

    /** The owner of a schema loses it to the instance's role. */
    public static final String OWNERSHIP = "ownership";

    /** All that there are. */
    public static final List<String> KINDS = List.of(OWNERSHIP);

    public Hazard {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(message, "message");
    }
}
