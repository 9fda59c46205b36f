package io.provision.plan;

import io.provision.plan.MigrationResource.Placement;
import java.util.Comparator;

/**
 * A change and its place in the plan. All roles come first, then all memberships, in bulk; see {@code postgres.md},
 * "Facts seen on servers". What it is compared by is put together once, not at each comparison.
 */
record PlannedChange(Change change, int phase, ResourceKind kind, ResourceId target)
        implements Comparable<PlannedChange> {

    static PlannedChange of(Change change, ResourceId target) {
        return new PlannedChange(change, phase(change), change.resource().kind(), target);
    }

    @Override
    public int compareTo(PlannedChange other) {
        int order = Integer.compare(phase, other.phase);
        order = order != 0 ? order : change.instance().compareTo(other.change.instance());
        order = order != 0 ? order : kind.compareTo(other.kind);
        if (order == 0 && kind == ResourceKind.SQL_FILE) {
            order = compareScripts(change.resource(), other.change.resource());
        }
        if (order == 0 && kind == ResourceKind.MOVE) {
            order = Boolean.compare(namesNoTypes(), other.namesNoTypes());
        }
        return order != 0 ? order : target.compareTo(other.target);
    }

    private static int phase(Change change) {
        return switch (change.resource().kind()) {
            case ROLE -> 0;
            case MEMBERSHIP -> 1;
            default -> change.instance().equals(Change.SHARED) ? 2 : 3;
        };
    }

    private static int compareScripts(Resource one, Resource other) {
        if (one instanceof SqlFile file && other instanceof SqlFile next) {
            return Comparator.comparing(SqlFile::schema).thenComparing(SqlFile::name).compare(file, next);
        }
        return 0;
    }

    /** A function is named by its arguments' types, where they stand: it moves before them, and back after them. */
    private boolean namesNoTypes() {
        return !(change.resource() instanceof Placement placement && placement.type() == Movable.FUNCTION);
    }
}
