package io.provision.apply;

import io.provision.apply.Outcome.Failure;
import io.provision.journal.OpenIntent;
import io.provision.journal.RunEntry;
import io.provision.plan.Change;
import io.provision.plan.Plan;
import io.provision.plan.Store;
import io.provision.postgres.DatabaseFailure;
import io.provision.postgres.RunLock;
import io.provision.postgres.Session;
import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import io.provision.volumes.FolderApplier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Applies a plan under the run's lock: the intent of every instance is journaled and committed first; then Redis is
 * tried; then what several share and the roles; then instance by instance the disk, and one transaction in PostgreSQL.
 */
final class JournaledRun {

    private final RunContext context;
    private final Stores stores;
    private final Progress progress;
    private final RunResults results = new RunResults();

    JournaledRun(RunContext context, Stores stores, Progress progress) {
        this.context = context;
        this.stores = stores;
        this.progress = progress;
    }

    Outcome apply(Survey survey) {
        Plan plan = survey.plan();
        begin(survey);
        List<Change> folders = new ArrayList<>();
        List<Change> roles = new ArrayList<>();
        try {
            NamespacePhase namespaces =
                    NamespacePhase.validate(stores, plan.changes().stream().map(Change::resource).toList());
            shared(plan, folders, roles);
            new InstancePhase(context, progress, results, namespaces, byInstance(roles)).apply(plan);
        } catch (FateUnknown e) {
            results.failed(Failure.of(Change.SHARED, e, false));
        } catch (DatabaseFailure | ProvisionException e) {
            undoAll(plan, folders, roles, e);
        }
        finish();
        return results.outcome(Optional.of(context.run().id()), context.interruption().happened());
    }

    private void begin(Survey survey) {
        try (Session session = context.postgres().open()) {
            session.begin();
            RunLock.share(session);
            if (!survey.journalStands()) {
                session.run(context.journal()::create);
            }
            session.run(c -> context.journal().start(c, context.run()));
            session.run(c -> context.journal().abandonOthers(c, context.run().id()));
            new Recovery(context.journal()).close(session, survey.openIntents());
            session.run(c -> context.journal().intend(c, context.run().id(), intents(survey.plan())));
            if (!context.lock().alive()) {
                throw new ProvisionException(
                        ExitCode.FAILED,
                        Problem.error("the connection that holds the run's lock was lost").remedy("try again"));
            }
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
    private void shared(Plan plan, List<Change> folders, List<Change> roles) {
        for (Change change : plan.byInstance().getOrDefault(Change.SHARED, List.of())) {
            if (change.store() == Store.VOLUME) {
                FolderApplier.apply(change);
                folders.add(change);
            }
        }
        new RolePhase(context).apply(plan.changes().stream().filter(RolePhase::covers).toList(), roles);
        if (plan.byInstance().containsKey(Change.SHARED)) {
            WorkTransaction transaction = new WorkTransaction(context);
            try {
                new InstanceWork(context, transaction, Change.SHARED).commit(List.of(), folders);
            } finally {
                transaction.closeSession();
            }
        }
        results.applied(folders);
        results.applied(roles.stream().filter(change -> change.instance().equals(Change.SHARED)).toList());
    }

    private static Map<String, List<Change>> byInstance(List<Change> roles) {
        Map<String, List<Change>> byInstance = new LinkedHashMap<>();
        roles.forEach(c -> byInstance.computeIfAbsent(c.instance(), i -> new ArrayList<>()).add(c));
        return byInstance;
    }

    private void undoAll(Plan plan, List<Change> folders, List<Change> roles, RuntimeException e) {
        boolean undone = true;
        try {
            results.kept(new Undo(context).undo(plan.byInstance().keySet(), folders, roles, e.getMessage()));
        } catch (RuntimeException undoing) {
            e.addSuppressed(undoing);
            undone = false;
        }
        results.failed(Failure.of(Change.SHARED, e, undone));
    }

    private void finish() {
        RunEntry.Outcome outcome = context.interruption().happened()
                ? RunEntry.Outcome.INTERRUPTED
                : results.allWell() ? RunEntry.Outcome.DONE : RunEntry.Outcome.FAILED;
        try (Session session = context.postgres().open()) {
            session.begin();
            session.run(c -> context.journal().finish(c, context.run().id(), outcome));
            session.commit();
        } catch (DatabaseFailure | ProvisionException e) {
            // What was committed stands, and the next run marks this one as abandoned.
            results.failed(Failure.of(Change.SHARED, e, false));
        }
    }
}
