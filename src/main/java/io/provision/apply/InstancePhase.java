package io.provision.apply;

import io.provision.apply.Outcome.Failure;
import io.provision.plan.Change;
import io.provision.plan.Store;
import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The instances of a run, several at a time; one that fails is undone, and stops the others only where told to. */
final class InstancePhase {

    private static final int REASONS_JOURNALED = 3;

    private final RunParts run;
    private final RunContext context;
    private final RunResults results;
    private final InstanceQueue queue;
    private final MadeRoles roles;
    private final RunFaults before;
    private final WorkSessions sessions;

    /**
     * @param roles what the {@link RolePhase} made
     * @param before what failed, or will fail, of what comes before the instances
     */
    InstancePhase(RunParts run, InstanceQueue queue, MadeRoles roles, RunFaults before) {
        this.run = run;
        this.context = run.context();
        this.results = run.results();
        this.queue = queue;
        this.roles = roles;
        this.before = before;
        this.sessions = new WorkSessions(
                Math.max(1, Math.min(context.options().parallel(), queue.left().size())),
                () -> stops() || queue.isOver());
    }

    /** As many as have something to do. */
    WorkSessions sessions() {
        return sessions;
    }

    /**
     * One of several that do the same. Ends when no instance is left that may be begun, or no session is to be had for
     * it, and closes the one that it has.
     */
    void work(WorkTransaction transaction) {
        try {
            while (queue.await() && !stops() && sessions.gives(transaction)) {
                queue.take().ifPresent(next -> apply(transaction, next.getKey(), next.getValue()));
            }
        } finally {
            transaction.closeSession();
        }
    }

    /** Warns of sessions that were not to be had; not where the server went away, which is told by what failed. */
    void tellOfSessions() {
        if (!context.lock().isLost()) {
            results.warn(sessions.told());
        }
    }

    /** Whether nothing more is to be begun. */
    boolean stops() {
        return context.interruption().happened()
                || context.lock().isLost()
                || context.options().failFast() && (before.any() || !results.allWell());
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
        } catch (CommitInDoubt e) {
            run.users().keep(instance);
            results.failed(instance, e, false);
        } catch (RuntimeException e) {
            results.failed(instance, e, undo(transaction, instance, outside, e));
        } catch (Error e) {
            results.failed(instance, e, undo(transaction, instance, outside, e));
            throw e;
        }
        return false;
    }

    private boolean undo(WorkTransaction transaction, String instance, List<Change> outside, Throwable e) {
        List<Change> made = roles.of(instance);
        return results.undone(
                "what was done for " + instance,
                () -> results.kept(new Undo(context, run.users())
                        .undo(transaction, List.of(instance), outside, made, String.valueOf(e.getMessage()))));
    }

    /** Those that were not tried: their roles, where they have any, go all together. */
    List<Failure> leaveOut() {
        Map<Boolean, List<String>> byOwnFault =
                queue.left().stream().collect(Collectors.partitioningBy(i -> before.ofRoles(i).isPresent()));
        return Stream.concat(
                        leaveOut(byOwnFault.get(true), i -> before.ofRoles(i).orElseThrow()).stream(),
                        leaveOut(byOwnFault.get(false), this::notTried).stream())
                .toList();
    }

    private List<Failure> leaveOut(List<String> instances, Function<String, ProvisionException> why) {
        if (instances.isEmpty()) {
            return List.of();
        }
        boolean undone = before.areKnown() && results.undone(
                "what was done for instances that were not tried",
                () -> results.kept(new Undo(context, run.users())
                        .undo(instances, List.of(), roles.of(instances), someOf(instances, why))));
        return instances.stream().map(instance -> Failure.of(instance, why.apply(instance), undone)).toList();
    }

    /** For the journal, which has one reason for all that ends together. */
    private static String someOf(List<String> instances, Function<String, ProvisionException> why) {
        return instances.stream()
                .map(instance -> why.apply(instance).getMessage())
                .distinct()
                .limit(REASONS_JOURNALED)
                .collect(Collectors.joining("; "));
    }

    private ProvisionException notTried(String instance) {
        boolean gone = context.lock().isLost()
                || before.shared().stream().anyMatch(e -> Failure.of(Change.SHARED, e, true).unreachable())
                || !before.any() && sessions.refusal().isPresent();
        return new ProvisionException(
                gone ? ExitCode.UNREACHABLE : ExitCode.FAILED,
                Problem.error(results.whyNotTried(context.interruption(), whyNotTried(instance))));
    }

    private String whyNotTried(String instance) {
        if (context.lock().isLost()) {
            return "the run's lock was lost";
        }
        if (context.options().failFast() && (before.areOfRoles() || !results.allWell())) {
            return "another instance failed (--fail-fast)";
        }
        if (before.any()) {
            return queue.isReady(instance)
                    ? "roles of other instances could not be made (--fail-fast)"
                    : "roles could not be made";
        }
        return sessions.refusal().map(e -> "no session was to be had: " + e.getMessage()).orElse("the run stopped");
    }
}
