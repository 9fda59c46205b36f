package io.provision.apply;

import io.provision.journal.OpenIntent;
import io.provision.journal.RunEntry;
import io.provision.plan.Change;
import io.provision.plan.Plan;
import io.provision.postgres.DatabaseFailure;
import io.provision.postgres.Session;
import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import java.util.List;

/** A run's first and last words in the journal. */
final class RunJournal {

    private final RunContext context;
    private final RunResults results;

    /** @param results is told where the last word could not be written */
    RunJournal(RunContext context, RunResults results) {
        this.context = context;
        this.results = results;
    }

    /** What it is about to do, committed before it does any of it; and what was found out of killed runs. */
    void begin(Task task) {
        try (Session session = context.postgres().open()) {
            context.lock().begin(session);
            if (!task.journalStands()) {
                session.run(context.journal()::create);
            }
            session.run(c -> context.journal().start(c, context.run()));
            session.run(c -> context.journal().abandonOthers(c, context.run().id()));
            session.run(c -> context.journal().recover(c, task.left()));
            session.run(c -> context.journal().record(c, context.run().id(), task.settled()));
            session.run(c -> context.journal().protections().record(c, context.run().id(), task.protections()));
            session.run(c -> context.journal().intents().intend(c, context.run().id(), intents(task.plan())));
            context.lock().requireHeld(session);
            session.commit();
        }
    }

    /** One at a time: with the statements of all changes, those of ten thousand instances would fill the memory. */
    private Iterable<OpenIntent> intents(Plan plan) {
        return () -> plan.byInstance().entrySet().stream()
                .map(entry -> new OpenIntent(
                        context.run().id(),
                        context.run().host(),
                        entry.getKey(),
                        entry.getValue().stream().map(c -> context.texts().entry(c, List.of())).toList()))
                .iterator();
    }

    private RunEntry.Outcome outcome() {
        if (context.interruption().happened() && !results.isBroken()) {
            return RunEntry.Outcome.INTERRUPTED;
        }
        return results.allWell() ? RunEntry.Outcome.DONE : RunEntry.Outcome.FAILED;
    }

    /** How it ended. */
    void finish() {
        RunEntry.Outcome outcome = outcome();
        try (Session session = context.postgres().open()) {
            session.begin();
            context.lock().requireServer(session);
            boolean finished = session.call(c -> context.journal().finish(c, context.run().id(), outcome));
            session.commit();
            if (!finished) {
                throw new ProvisionException(
                        ExitCode.FAILED,
                        Problem.error("another run has taken over from this one, and ended it in the journal")
                                .remedy("`provision history` shows both; what this run left, the other one found"));
            }
        } catch (DatabaseFailure | ProvisionException e) {
            // What was committed stands, and the next run marks this one as abandoned.
            results.failed(Change.SHARED, e, false);
        }
    }
}
