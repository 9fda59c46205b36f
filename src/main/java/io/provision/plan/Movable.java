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

    /** Where two objects of one schema cannot have one name; of functions, one name with the same arguments. */
    public enum Space { RELATION, TYPE, STATISTICS, FUNCTION }

    /** The word that follows ALTER. */
    public String keyword() {
        return name().replace('_', ' ');
    }

    /** As a person reads it. */
    public String word() {
        return keyword().toLowerCase(Locale.ROOT);
    }

    public Space space() {
        return switch (this) {
            case TYPE, DOMAIN -> Space.TYPE;
            case STATISTICS -> Space.STATISTICS;
            case FUNCTION -> Space.FUNCTION;
            default -> Space.RELATION;
        };
    }

    /** Whether it is in {@code pg_class}, and so is locked, read and granted like a table. */
    public boolean relation() {
        return ordinal() <= SEQUENCE.ordinal();
    }
}
