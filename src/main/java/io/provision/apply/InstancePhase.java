package io.provision.apply;

import io.provision.apply.Outcome.Failure;
import io.provision.plan.Change;
import io.provision.plan.Plan;
import io.provision.plan.Store;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** The instances of a run, several at a time; one that fails is undone, and stops the others only where told to. */
final class InstancePhase {

    private final RunContext context;
    private final Direction direction;
    private final UserPhase users;
    private final Progress progress;
    private final RunResults results;
    private final NamespacePhase namespaces;
    private final Map<String, List<Change>> roles;

    /** @param roles what the {@link RolePhase} made, by instance */
    InstancePhase(
            RunContext context,
            Direction direction,
            UserPhase users,
            Progress progress,
            RunResults results,
            NamespacePhase namespaces,
            Map<String, List<Change>> roles) {
        this.context = context;
        this.direction = direction;
        this.users = users;
        this.progress = progress;
        this.results = results;
        this.namespaces = namespaces;
        this.roles = roles;
    }

    /** @param lead the one of the workers' that may have a session by now; closed when there is nothing left to do */
    void apply(WorkTransaction lead, Plan plan) {
        Map<String, List<Change>> byInstance = new LinkedHashMap<>(plan.byInstance());
        byInstance.remove(Change.SHARED);
        progress.begins(byInstance.size());
        Queue<Map.Entry<String, List<Change>>> queue = new ConcurrentLinkedQueue<>(byInstance.entrySet());
        int workers = Math.max(1, Math.min(context.options().parallel(), byInstance.size()));
        ExecutorService pool = Executors.newFixedThreadPool(workers);
        try {
            List<Future<?>> futures = new ArrayList<>();
            for (int i = 0; i < workers; i++) {
                WorkTransaction transaction = i == 0 ? lead : new WorkTransaction(context);
                futures.add(pool.submit(() -> workOrStopAll(transaction, queue)));
            }
            for (Future<?> future : futures) {
                future.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            context.interruption().interrupt();
        } catch (ExecutionException told) {
            // By the worker itself, before it stopped the others.
        } finally {
            end(pool);
        }
        leaveOut(queue.stream().map(Map.Entry::getKey).toList());
    }

    /** Waits for every worker, whatever happens: the lead's session and the run's lock are let go of next. */
    private static void end(ExecutorService pool) {
        pool.shutdown();
        boolean interrupted = Thread.interrupted();
        for (boolean ended = false; !ended; ) {
            try {
                ended = pool.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Nobody goes on beside a worker that broke: what has befallen it may befall them in the midst of an undo. */
    private void workOrStopAll(WorkTransaction transaction, Queue<Map.Entry<String, List<Change>>> queue) {
        try {
            work(transaction, queue);
        } catch (RuntimeException | Error e) {
            results.broken(e);
            context.interruption().interrupt();
            throw e;
        }
    }

    private void work(WorkTransaction transaction, Queue<Map.Entry<String, List<Change>>> queue) {
        try {
            while (!stops()) {
                var next = queue.poll();
                if (next == null) {
                    return;
                }
                apply(transaction, next.getKey(), next.getValue());
            }
        } finally {
            transaction.closeSession();
        }
    }

    private boolean stops() {
        return context.interruption().happened()
                || context.lock().isLost()
                || context.options().failFast() && !results.allWell();
    }

    private void apply(WorkTransaction transaction, String instance, List<Change> changes) {
        boolean done = false;
        try {
            done = isDone(transaction, instance, changes);
        } finally {
            progress.instanceEnded(instance, done);
        }
    }

    /** @throws Error after it was undone: the machine is at its end, and not the instance */
    private boolean isDone(WorkTransaction transaction, String instance, List<Change> changes) {
        List<Change> outside = new ArrayList<>();
        try {
            Runnable first = new OutsideWork(users, results, namespaces).within(transaction, changes, outside);
            List<Change> own = changes.stream()
                    .filter(change -> change.store() == Store.POSTGRES && !RolePhase.covers(change))
                    .toList();
            List<Change> done =
                    new InstanceWork(context, direction, transaction, instance).commit(own, first, outside);
            users.keep(instance);
            results.applied(roles.getOrDefault(instance, List.of()));
            results.applied(outside);
            results.applied(done);
            return true;
        } catch (FateUnknown e) {
            users.keep(instance);
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
        List<Change> made = roles.getOrDefault(instance, List.of());
        return results.undone(
                "what was done for " + instance,
                () -> results.kept(new Undo(context, users)
                        .undo(List.of(instance), outside, made, String.valueOf(e.getMessage()))));
    }

    /** Those that were not tried because the run stopped before: their roles go, all together. */
    private void leaveOut(List<String> instances) {
        if (instances.isEmpty()) {
            return;
        }
        String why = whyLeftOut();
        List<Change> made = instances.stream()
                .flatMap(instance -> roles.getOrDefault(instance, List.of()).stream())
                .sorted(Comparator.comparing(change -> change.resource().kind()))
                .toList();
        boolean undone = results.undone(
                "what was done for instances that were not tried",
                () -> results.kept(new Undo(context, users).undo(instances, List.of(), made, why)));
        for (String instance : instances) {
            results.failed(new Failure(instance, why, undone, context.lock().isLost(), false));
        }
    }

    private String whyLeftOut() {
        return results.whyNotTried(
                context.interruption(),
                context.lock().isLost() ? "the run's lock was lost" : "another instance failed (--fail-fast)");
    }
}
