package io.provision.plan;

import java.util.Locale;

/** A kind of object that can be moved to another schema by itself. */
public enum Movable {
    TABLE,
    FOREIGN_TABLE,
    VIEW,
    MATERIALIZED_VIEW,
    SEQUENCE,
    /** An enum, a composite, a range or a multirange. */
    TYPE,
    DOMAIN,
    STATISTICS,
    FUNCTION;

    /** The word that follows ALTER. */
    public String keyword() {
        return name().replace('_', ' ');
    }

    /** As a person reads it. */
    public String word() {
        return keyword().toLowerCase(Locale.ROOT);
    }

    /** Whether it is in {@code pg_class}, and so is locked, read and granted like a table. */
    public boolean relation() {
        return ordinal() <= SEQUENCE.ordinal();
    }
}
