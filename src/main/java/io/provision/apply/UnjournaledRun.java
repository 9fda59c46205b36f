package io.provision.apply;

import io.provision.apply.Outcome.Failure;
import io.provision.plan.Change;
import io.provision.plan.Desired;
import io.provision.plan.Plan;
import io.provision.plan.Store;
import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
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
    private final ApplyOptions options;
    private final Progress progress;
    private final Interruption interruption;
    private final RunResults results = new RunResults();
    private final FolderWork folders = new FolderWork(results);
    private final UserPhase users;

    UnjournaledRun(
            Stores stores,
            Passwords passwords,
            ApplyOptions options,
            Progress progress,
            Interruption interruption) {
        this.stores = stores;
        this.passwords = passwords;
        this.options = options;
        this.progress = progress;
        this.interruption = interruption;
        this.users = new UserPhase(stores.redis(), passwords, results, options.persist());
    }

    Outcome apply(Survey survey) {
        Plan plan = survey.plan();
        try {
            users.apply(plan.changes());
            apply(plan, refused(survey.desired()));
        } catch (RuntimeException | Error e) {
            results.failed(Change.SHARED, e, undone("all instances", plan.byInstance().keySet(), List.of()));
        }
        users.persist();
        return results.outcome(Optional.empty(), interruption.happened());
    }

    private Set<String> refused(Desired desired) {
        Map<String, List<Problem>> refused = NamespaceValidations.validate(
                        stores, passwords, users.made(), desired.state().resources().values())
                .problems(desired);
        boolean undone = undone("instances whose namespaces cannot be used", refused.keySet(), List.of());
        refused.forEach((instance, problems) ->
                results.failed(instance, new ProvisionException(ExitCode.FAILED, problems), undone));
        return refused.keySet();
    }

    private void apply(Plan plan, Set<String> refused) {
        progress.begins(plan.byInstance().size());
        Deque<Map.Entry<String, List<Change>>> open = new ArrayDeque<>(plan.byInstance().entrySet());
        boolean stops = refused.contains(Change.SHARED);
        while (!stops && !interruption.happened() && !open.isEmpty()) {
            String instance = open.element().getKey();
            boolean done = !refused.contains(instance) && apply(instance, open.element().getValue());
            progress.instanceEnded(instance, done);
            open.remove();
            stops = !done && (options.failFast() || instance.equals(Change.SHARED));
        }
        leaveOut(open.stream().map(Map.Entry::getKey).filter(instance -> !refused.contains(instance)).toList());
    }

    private boolean apply(String instance, List<Change> changes) {
        List<Change> done = new ArrayList<>();
        try {
            for (Change change : changes) {
                if (interruption.happened()) {
                    throw Interruption.failure();
                }
                apply(change, done);
            }
            users.keep(instance);
            results.applied(done);
            return true;
        } catch (RuntimeException e) {
            fail(instance, e, done);
        } catch (Error e) {
            fail(instance, e, done);
            interruption.interrupt();
        }
        return false;
    }

    private void apply(Change change, List<Change> done) {
        if (change.store() == Store.REDIS) {
            users.require(change);
            done.add(change);
        } else {
            folders.apply(change, done);
        }
    }

    private void fail(String instance, Throwable why, List<Change> done) {
        String whose = Change.named(instance);
        results.failed(instance, why, undone(whose, List.of(instance), done));
    }

    private void leaveOut(List<String> instances) {
        String why = results.whyNotTried(
                interruption,
                results.failedInstances().contains(Change.SHARED)
                        ? Change.named(Change.SHARED) + " failed"
                        : "another instance failed (--fail-fast)");
        boolean undone = undone("instances that were not tried", instances, List.of());
        instances.forEach(instance -> results.failed(new Failure(instance, why, undone, false, false)));
    }

    /** The folders go also where a server does not forget its users. */
    private boolean undone(String whose, Collection<String> instances, List<Change> done) {
        String what = "what was done for " + whose;
        boolean usersUndone = results.undone(what, () -> users.undo(instances));
        return results.undone(what, () -> takeFoldersBack(done)) && usersUndone;
    }

    private void takeFoldersBack(List<Change> done) {
        for (int i = done.size() - 1; i >= 0; i--) {
            if (done.get(i).store() == Store.VOLUME) {
                folders.apply(done.get(i).inverse(), new ArrayList<>());
            }
        }
    }
}
