package io.provision.postgres;

import io.provision.plan.Change;
import io.provision.plan.MigrationResource.CompatView;
import io.provision.plan.MigrationResource.Placement;
import io.provision.plan.Resource;
import io.provision.plan.SqlObject;
import java.util.Optional;

/** What stands and is used by others, and that a change moves or drops. */
final class Touched {

    /** A relation, where it stands. */
    record Placed(String schema, String name) {}

    private Touched() {}

    /** Whether the change waits for whoever uses something that stands; nobody can hold what is still to be made. */
    static boolean by(Change change) {
        return placed(change).isPresent() || dropped(change).isPresent();
    }

    /** What is moved or makes room, where it stands. */
    static Optional<Placed> placed(Change change) {
        Resource before = change.before().orElse(null);
        if (before instanceof Placement placement && placement.type().relation()) {
            return Optional.of(new Placed(placement.schema(), placement.name()));
        }
        return before instanceof CompatView view
                ? Optional.of(new Placed(view.schema(), view.name()))
                : Optional.empty();
    }

    /** What a file made, and a rollback drops. */
    static Optional<SqlObject> dropped(Change change) {
        return change.before().filter(SqlObject.class::isInstance).map(SqlObject.class::cast);
    }
}
