package io.provision.apply;

import io.provision.apply.Outcome.Failure;
import io.provision.plan.Change;
import io.provision.plan.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The instances of a run, several at a time; one that fails is undone, and stops the others only where told to. */
final class InstancePhase {

    private final RunParts run;
    private final RunContext context;
    private final RunResults results;
    private final InstanceQueue queue;
    private final MadeRoles roles;

    /** @param roles what the {@link RolePhase} made */
    InstancePhase(RunParts run, InstanceQueue queue, MadeRoles roles) {
        this.run = run;
        this.context = run.context();
        this.results = run.results();
        this.queue = queue;
        this.roles = roles;
    }

    /** How many sessions have something to do. */
    static int sessions(RunContext context, InstanceQueue queue) {
        return Math.max(1, Math.min(context.options().parallel(), queue.left().size()));
    }

    /** One of several that do the same. Ends when no instance is left that may be begun, and closes its session. */
    void work(WorkTransaction transaction) {
        try {
            while (queue.await() && !stops()) {
                queue.take().ifPresent(next -> apply(transaction, next.getKey(), next.getValue()));
            }
        } finally {
            transaction.closeSession();
        }
    }

    /** Whether nothing more is to be begun. */
    boolean stops() {
        return context.interruption().happened()
                || context.lock().isLost()
                || context.options().failFast() && (queue.isCutShort() || !results.allWell());
    }

    private void apply(WorkTransaction transaction, String instance, List<Change> changes) {
        boolean done = false;
        try {
            done = isDone(transaction, instance, changes);
        } finally {
            run.progress().instanceEnded(instance, done);
        }
    }

    /** @throws Error after it was undone: the machine is at its end, and not the instance */
    private boolean isDone(WorkTransaction transaction, String instance, List<Change> changes) {
        List<Change> outside = new ArrayList<>();
        try {
            Runnable first = run.outside().within(transaction, changes, outside);
            List<Change> own = changes.stream()
                    .filter(change -> change.store() == Store.POSTGRES && !RolePhase.covers(change))
                    .toList();
            List<Change> done =
                    new InstanceWork(context, run.direction(), transaction, instance).commit(own, first, outside);
            run.users().keep(instance);
            results.applied(roles.of(instance));
            results.applied(outside);
            results.applied(done);
            return true;
        } catch (FateUnknown e) {
            run.users().keep(instance);
            results.failed(instance, e, false);
        } catch (RuntimeException e) {
            results.failed(instance, e, undo(instance, outside, e));
        } catch (Error e) {
            results.failed(instance, e, undo(instance, outside, e));
            throw e;
        }
        return false;
    }

    private boolean undo(String instance, List<Change> outside, Throwable e) {
        List<Change> made = roles.of(instance);
        return results.undone(
                "what was done for " + instance,
                () -> results.kept(new Undo(context, run.users())
                        .undo(List.of(instance), outside, made, String.valueOf(e.getMessage()))));
    }

    /**
     * Those that were not tried because the run stopped before: their roles go, all together.
     *
     * @param fault why no more roles were made, where that was so
     */
    List<Failure> leaveOut(Optional<Throwable> fault) {
        List<String> instances = queue.left();
        if (instances.isEmpty()) {
            return List.of();
        }
        String why = whyLeftOut(fault);
        boolean undone = fault.stream().noneMatch(FateUnknown.class::isInstance) && undoLeft(instances, why);
        boolean gone = context.lock().isLost()
                || fault.stream().anyMatch(e -> Failure.of(Change.SHARED, e, undone).unreachable());
        return instances.stream().map(instance -> new Failure(instance, why, undone, gone, false)).toList();
    }

    private boolean undoLeft(List<String> instances, String why) {
        return results.undone(
                "what was done for instances that were not tried",
                () -> results.kept(new Undo(context, run.users())
                        .undo(instances, List.of(), roles.of(instances), why)));
    }

    private String whyLeftOut(Optional<Throwable> fault) {
        if (context.lock().isLost()) {
            return results.whyNotTried(context.interruption(), "the run's lock was lost");
        }
        return results.whyNotTried(
                context.interruption(),
                fault.isPresent() ? "roles could not be made" : "another instance failed (--fail-fast)");
    }
}
