package io.provision.apply;

import io.provision.plan.Change;
import io.provision.plan.Desired;
import io.provision.plan.Plan;
import io.provision.plan.Store;
import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import io.provision.volumes.FolderApplier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Applies a plan that leaves PostgreSQL out: without a journal, so that no rollback will know of it. The namespaces are
 * tried each time, and that is no change.
 */
final class UnjournaledRun {

    private final Stores stores;
    private final Passwords passwords;
    private final Progress progress;
    private final Interruption interruption;
    private final RunResults results = new RunResults();
    private final UserPhase users;

    UnjournaledRun(
            Stores stores,
            Passwords passwords,
            ApplyOptions options,
            Progress progress,
            Interruption interruption) {
        this.stores = stores;
        this.passwords = passwords;
        this.progress = progress;
        this.interruption = interruption;
        this.users = new UserPhase(stores.redis(), passwords, results, options.persist());
    }

    Outcome apply(Survey survey) {
        Desired desired = survey.desired();
        users.apply(survey.plan().changes());
        Map<String, List<Problem>> refused = NamespacePhase.validate(
                        stores, passwords, desired.state().resources().values())
                .problems(desired);
        refused.forEach((instance, problems) -> fail(instance, new ProvisionException(ExitCode.FAILED, problems)));
        if (!refused.containsKey(Change.SHARED)) {
            apply(survey.plan(), refused.keySet());
        }
        users.persist();
        return results.outcome(Optional.empty(), interruption.happened());
    }

    private void fail(String instance, Throwable why) {
        boolean undone = true;
        try {
            users.undo(List.of(instance));
        } catch (RuntimeException undoing) {
            why.addSuppressed(undoing);
            undone = false;
        }
        results.failed(instance, why, undone);
    }

    private void apply(Plan plan, Set<String> refused) {
        progress.begins(plan.byInstance().size());
        for (Map.Entry<String, List<Change>> entry : plan.byInstance().entrySet()) {
            boolean done = !refused.contains(entry.getKey()) && apply(entry.getKey(), entry.getValue());
            progress.instanceEnded(entry.getKey(), done);
            if (!done && entry.getKey().equals(Change.SHARED)) {
                return;
            }
        }
    }

    private boolean apply(String instance, List<Change> changes) {
        List<Change> done = new ArrayList<>();
        try {
            for (Change change : changes) {
                if (interruption.happened()) {
                    throw WorkTransaction.interrupted();
                }
                applyOne(change);
                done.add(change);
            }
            users.keep(instance);
            results.applied(done);
            return true;
        } catch (RuntimeException e) {
            undo(done);
            fail(instance, e);
        } catch (Error e) {
            undo(done);
            fail(instance, e);
            interruption.interrupt();
        }
        return false;
    }

    private void applyOne(Change change) {
        if (change.store() == Store.REDIS) {
            users.require(change);
        } else {
            FolderApplier.apply(change);
        }
    }

    private void undo(List<Change> done) {
        for (int i = done.size() - 1; i >= 0; i--) {
            Change change = done.get(i);
            if (change.store() == Store.REDIS) {
                continue;
            }
            FolderApplier.apply(change.inverse()).ifPresent(k -> results.kept(
                    List.of(new Outcome.Kept(change.instance(), k.folder().toString(), k.told()))));
        }
    }
}
