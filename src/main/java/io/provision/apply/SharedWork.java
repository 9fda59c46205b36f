package io.provision.apply;

import io.provision.plan.Change;
import io.provision.plan.Plan;
import java.util.ArrayList;
import java.util.List;

/** What several instances share, but for their roles, and the end of its intent. */
final class SharedWork {

    private final RunParts run;
    private final List<Change> own;
    private final List<Change> outside = new ArrayList<>();

    SharedWork(RunParts run, Plan plan) {
        this.run = run;
        this.own = plan.byInstance().getOrDefault(Change.SHARED, List.of());
    }

    /** The disk; and it is required that Redis took what is theirs. */
    void applyOutside(WorkTransaction transaction) {
        run.outside().apply(transaction, own, outside);
    }

    /** Closes the intent, as done. */
    void close(WorkTransaction transaction) {
        if (!own.isEmpty()) {
            new InstanceWork(run.context(), run.direction(), transaction, Change.SHARED)
                    .commit(List.of(), () -> { }, outside);
            run.users().keep(Change.SHARED);
        }
        run.results().applied(outside);
    }

    /** What was done on the disk, in order. */
    List<Change> outside() {
        return List.copyOf(outside);
    }
}
