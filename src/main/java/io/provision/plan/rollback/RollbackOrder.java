package io.provision.plan.rollback;

import io.provision.plan.Change;
import io.provision.plan.ResourceKind;
import io.provision.plan.SqlFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * The order in which things are undone: instance by instance, then what several share, then memberships and roles,
 * which everything before may still need. What a schema holds goes before it; what has to be locked goes as late as can
 * be, but for what is distributed: only when it is not any more can it be moved.
 */
final class RollbackOrder {

    private static final List<ResourceKind> KINDS = List.of(
            ResourceKind.DISTRIBUTION,
            ResourceKind.SEARCH_PATH,
            ResourceKind.OBJECT_GRANTS,
            ResourceKind.SCHEMA_GRANT,
            ResourceKind.DEFAULT_PRIVILEGES,
            ResourceKind.COMPAT_VIEW,
            ResourceKind.SQL_OBJECT,
            ResourceKind.SQL_FILE,
            ResourceKind.MOVE,
            ResourceKind.SCHEMA_ACCESS,
            ResourceKind.SEQUENCE_USAGE,
            ResourceKind.SCHEMA,
            ResourceKind.NAMESPACE,
            ResourceKind.ACL_USER,
            ResourceKind.FOLDER,
            ResourceKind.MEMBERSHIP,
            ResourceKind.ROLE);

    private static final Comparator<Change> ORDER = Comparator.comparing(RollbackOrder::phase)
            .thenComparing(Change::instance)
            .thenComparing((Change change) -> KINDS.indexOf(change.resource().kind()));

    private RollbackOrder() {}

    /** @param changes of one kind, in the order in which they are to stay */
    static List<Change> ordered(Collection<Change> changes) {
        List<Change> ordered = new ArrayList<>(changes);
        ordered.sort(ORDER.thenComparing(RollbackOrder::compareAlike));
        return ordered;
    }

    private static int phase(Change change) {
        return switch (change.resource().kind()) {
            case ROLE -> 3;
            case MEMBERSHIP -> 2;
            default -> change.instance().equals(Change.SHARED) ? 1 : 0;
        };
    }

    /** Folders from the bottom up, files from the last to the first; objects and moves stand in their order. */
    private static int compareAlike(Change one, Change other) {
        return switch (one.resource().kind()) {
            case SQL_OBJECT, MOVE -> 0;
            case SQL_FILE -> Comparator.comparing((Change change) -> ((SqlFile) change.resource()).name())
                    .compare(other, one);
            case FOLDER -> other.target().compareTo(one.target());
            default -> one.target().compareTo(other.target());
        };
    }
}
