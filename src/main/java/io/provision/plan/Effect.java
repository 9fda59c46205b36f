package io.provision.plan;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * What a file of {@code sql:} did to one object, as the catalogs tell it.
 *
 * @param type what it is, as {@code pg_identify_object} says: {@code table}, {@code function}, {@code trigger}
 * @param identity which one, as {@code pg_identify_object} says: quoted and with its schema, as SQL takes it
 * @param part the identity of the relation that it is a part of, such as a trigger's table
 */
public record Effect(Kind kind, String type, String identity, Optional<String> part) {

    /** What became of the object. */
    public enum Kind { MADE, CHANGED, DROPPED }

    public Effect {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(identity, "identity");
        Objects.requireNonNull(part, "part");
    }

    /** As a person reads it. */
    public String text() {
        return "%s %s %s".formatted(kind.name().toLowerCase(Locale.ROOT), type, identity);
    }

    /** The same object, whatever became of it. */
    public boolean sameObject(Effect other) {
        return type.equals(other.type) && identity.equals(other.identity);
    }
}
