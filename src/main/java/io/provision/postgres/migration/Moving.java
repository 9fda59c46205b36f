package io.provision.postgres.migration;

import io.provision.plan.MigrationResource.Placement;
import io.provision.plan.Movable;
import io.provision.plan.ResourceId;

/**
 * An object that is to move.
 *
 * @param name inside its schema; of a function with its argument types
 * @param owner who owns it now
 * @param ownerStays whether it keeps its owner even where tables get another: functions, which might run with its
 *     rights, and ranges, whose multirange takes no owner of its own
 */
record Moving(Route route, Movable type, long oid, String name, String owner, boolean ownerStays) {

    /** The catalog that it is a row of. */
    String catalog() {
        return switch (type) {
            case TYPE, DOMAIN -> "pg_type";
            case STATISTICS -> "pg_statistic_ext";
            case FUNCTION -> "pg_proc";
            default -> "pg_class";
        };
    }

    /** As a person reads it, where it stands. */
    String source() {
        return route.from() + "." + name;
    }

    boolean isTable() {
        return type == Movable.TABLE || type == Movable.FOREIGN_TABLE;
    }

    String nextOwner() {
        return route.ownedByRole() && !ownerStays ? route.role() : owner;
    }

    Placement placement() {
        return Placement.moved(type, name, route.from(), route.to(), nextOwner());
    }

    ResourceId id() {
        return placement().id();
    }
}
