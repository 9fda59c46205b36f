package io.provision.apply;

import io.provision.apply.Outcome.Failure;
import io.provision.plan.Change;
import io.provision.plan.Plan;
import io.provision.plan.Store;
import io.provision.problem.ProvisionException;
import io.provision.volumes.FolderApplier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Applies a plan that leaves PostgreSQL out: without a journal, so that no rollback will know of it. */
final class UnjournaledRun {

    private final Stores stores;
    private final Progress progress;
    private final Interruption interruption;

    UnjournaledRun(Stores stores, Progress progress, Interruption interruption) {
        this.stores = stores;
        this.progress = progress;
        this.interruption = interruption;
    }

    Outcome apply(Plan plan) {
        NamespacePhase namespaces = new NamespacePhase(stores, plan.changes());
        List<String> applied = new ArrayList<>();
        List<Failure> failed = new ArrayList<>();
        progress.begins(plan.byInstance().size());
        for (Map.Entry<String, List<Change>> entry : plan.byInstance().entrySet()) {
            List<Change> done = new ArrayList<>();
            try {
                for (Change change : entry.getValue()) {
                    if (interruption.happened()) {
                        throw WorkTransaction.interrupted();
                    }
                    apply(namespaces, change);
                    done.add(change);
                }
                done.forEach(change -> applied.add(change.id()));
                progress.instanceEnded(entry.getKey(), true);
            } catch (ProvisionException e) {
                undo(done);
                failed.add(new Failure(entry.getKey(), e.getMessage()));
                progress.instanceEnded(entry.getKey(), false);
            }
        }
        return new Outcome(Optional.empty(), applied, List.of(), failed, interruption.happened());
    }

    private static void apply(NamespacePhase namespaces, Change change) {
        if (change.store() == Store.VOLUME) {
            FolderApplier.apply(change);
        } else {
            namespaces.require(change);
        }
    }

    private static void undo(List<Change> done) {
        for (int i = done.size() - 1; i >= 0; i--) {
            if (done.get(i).store() == Store.VOLUME) {
                FolderApplier.apply(done.get(i).inverse());
            }
        }
    }
}
