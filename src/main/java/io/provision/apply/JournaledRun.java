package io.provision.apply;

import io.provision.apply.Outcome.Failure;
import io.provision.apply.Outcome.Kept;
import io.provision.journal.OpenIntent;
import io.provision.journal.RunEntry;
import io.provision.plan.Change;
import io.provision.plan.Plan;
import io.provision.plan.Store;
import io.provision.postgres.DatabaseFailure;
import io.provision.postgres.Session;
import io.provision.problem.ProvisionException;
import io.provision.volumes.FolderApplier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Applies a plan under the run's lock: the intent of every instance is journaled and committed first; then what several
 * share and the roles; then instance by instance the disk and Redis, and one transaction in PostgreSQL.
 */
final class JournaledRun {

    private final RunContext context;
    private final Stores stores;
    private final Progress progress;

    private final Queue<String> applied = new ConcurrentLinkedQueue<>();
    private final Queue<Failure> failed = new ConcurrentLinkedQueue<>();
    private final Queue<Kept> kept = new ConcurrentLinkedQueue<>();
    private Map<String, List<Change>> rolesByInstance = Map.of();
    private NamespacePhase namespaces;

    JournaledRun(RunContext context, Stores stores, Progress progress) {
        this.context = context;
        this.stores = stores;
        this.progress = progress;
    }

    Outcome apply(Survey survey) {
        Plan plan = survey.plan();
        begin(survey);
        try {
            shared(plan);
            instances(plan);
        } catch (DatabaseFailure | ProvisionException | FateUnknown e) {
            failed.add(new Failure(Change.SHARED, e.getMessage()));
        }
        finish();
        return new Outcome(
                Optional.of(context.run().id()),
                List.copyOf(applied),
                List.copyOf(kept),
                List.copyOf(failed),
                context.interruption().happened());
    }

    private void begin(Survey survey) {
        try (Session session = context.postgres().open()) {
            session.begin();
            if (!survey.journalStands()) {
                session.run(context.journal()::create);
            }
            session.run(c -> context.journal().start(c, context.run()));
            session.run(c -> context.journal().abandonOthers(c, context.run().id()));
            new Recovery(context.journal()).close(session, survey.openIntents());
            session.run(c -> context.journal().intend(c, context.run().id(), intents(survey.plan())));
            session.commit();
        }
    }

    private List<OpenIntent> intents(Plan plan) {
        return plan.byInstance().entrySet().stream()
                .map(entry -> new OpenIntent(
                        context.run().id(),
                        entry.getKey(),
                        entry.getValue().stream().map(c -> context.texts().entry(c, List.of())).toList()))
                .toList();
    }

    /** What several instances share, and all roles. When that fails, nothing else is tried. */
    private void shared(Plan plan) {
        List<Change> folders = new ArrayList<>();
        List<Change> roles = new ArrayList<>();
        try {
            for (Change change : plan.byInstance().getOrDefault(Change.SHARED, List.of())) {
                if (change.store() == Store.VOLUME) {
                    folders.add(change);
                    FolderApplier.apply(change);
                }
            }
            new RolePhase(context).apply(plan.changes().stream().filter(RolePhase::covers).toList(), roles);
            closeShared(plan, folders);
        } catch (DatabaseFailure | ProvisionException e) {
            kept.addAll(new Undo(context).undo(Change.SHARED, folders, roles, e.getMessage()));
            throw e;
        }
        Map<String, List<Change>> byInstance = new LinkedHashMap<>();
        roles.forEach(c -> byInstance.computeIfAbsent(c.instance(), i -> new ArrayList<>()).add(c));
        rolesByInstance = byInstance;
        byInstance.getOrDefault(Change.SHARED, List.of()).forEach(c -> applied.add(c.id()));
        folders.forEach(c -> applied.add(c.id()));
    }

    private void closeShared(Plan plan, List<Change> folders) {
        if (plan.byInstance().containsKey(Change.SHARED)) {
            WorkTransaction transaction = new WorkTransaction(context);
            try {
                new InstanceWork(context, transaction, Change.SHARED).commit(List.of(), folders);
            } finally {
                transaction.closeSession();
            }
        }
    }

    private void instances(Plan plan) {
        Map<String, List<Change>> byInstance = new LinkedHashMap<>(plan.byInstance());
        byInstance.remove(Change.SHARED);
        progress.begins(byInstance.size());
        namespaces = new NamespacePhase(stores, plan.changes());
        Queue<Map.Entry<String, List<Change>>> queue = new ConcurrentLinkedQueue<>(byInstance.entrySet());
        int workers = Math.max(1, Math.min(context.options().parallel(), byInstance.size()));
        ExecutorService pool = Executors.newFixedThreadPool(workers);
        try {
            List<Future<?>> futures = new ArrayList<>();
            for (int i = 0; i < workers; i++) {
                futures.add(pool.submit(() -> work(queue)));
            }
            for (Future<?> future : futures) {
                future.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            context.interruption().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a worker of the run broke", e.getCause());
        } finally {
            pool.shutdown();
        }
    }

    private void work(Queue<Map.Entry<String, List<Change>>> queue) {
        WorkTransaction transaction = new WorkTransaction(context);
        try {
            for (var next = queue.poll(); next != null; next = queue.poll()) {
                apply(transaction, next.getKey(), next.getValue());
            }
        } finally {
            transaction.closeSession();
        }
    }

    private void apply(WorkTransaction transaction, String instance, List<Change> changes) {
        List<Change> outside = new ArrayList<>();
        try {
            if (context.interruption().happened() || context.options().failFast() && !failed.isEmpty()) {
                throw WorkTransaction.interrupted();
            }
            applyOutside(changes, outside);
            List<Change> own = changes.stream()
                    .filter(change -> change.store() == Store.POSTGRES && !RolePhase.covers(change))
                    .toList();
            List<Change> done = new InstanceWork(context, transaction, instance).commit(own, outside);
            rolesByInstance.getOrDefault(instance, List.of()).forEach(c -> applied.add(c.id()));
            outside.forEach(c -> applied.add(c.id()));
            done.forEach(c -> applied.add(c.id()));
            progress.instanceEnded(instance, true);
        } catch (FateUnknown e) {
            failed.add(new Failure(instance, e.getMessage()));
            progress.instanceEnded(instance, false);
        } catch (RuntimeException e) {
            fail(instance, outside, e);
        }
    }

    private void applyOutside(List<Change> changes, List<Change> outside) {
        for (Change change : changes) {
            if (change.store() == Store.VOLUME) {
                FolderApplier.apply(change);
                outside.add(change);
            } else if (change.store() == Store.REDIS) {
                namespaces.require(change);
                outside.add(change);
            }
        }
    }

    private void fail(String instance, List<Change> outside, RuntimeException e) {
        String why = e.getMessage() == null ? e.toString() : e.getMessage();
        try {
            kept.addAll(new Undo(context)
                    .undo(instance, outside, rolesByInstance.getOrDefault(instance, List.of()), why));
            failed.add(new Failure(instance, why));
        } catch (RuntimeException undoing) {
            failed.add(new Failure(
                    instance,
                    "%s; and it could not be undone now (%s): the next run finishes from the journal"
                            .formatted(why, undoing.getMessage())));
        }
        progress.instanceEnded(instance, false);
    }

    private void finish() {
        RunEntry.Outcome outcome = context.interruption().happened()
                ? RunEntry.Outcome.INTERRUPTED
                : failed.isEmpty() ? RunEntry.Outcome.DONE : RunEntry.Outcome.FAILED;
        try (Session session = context.postgres().open()) {
            session.begin();
            session.run(c -> context.journal().finish(c, context.run().id(), outcome));
            session.commit();
        } catch (DatabaseFailure | ProvisionException e) {
            // What was committed stands, and the next run marks this one as abandoned.
            failed.add(new Failure(Change.SHARED, "the end of the run could not be journaled: " + e.getMessage()));
        }
    }
}
