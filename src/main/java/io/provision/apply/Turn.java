package io.provision.apply;

import io.provision.journal.Journal;
import io.provision.journal.Run;
import io.provision.postgres.DatabaseFailure;
import io.provision.postgres.Failures;
import io.provision.postgres.LoginFacts;
import io.provision.postgres.Postgres;
import io.provision.postgres.PostgresStatements;
import io.provision.postgres.RunLock;
import io.provision.problem.ProvisionException;
import java.util.function.Function;
import java.util.function.IntFunction;

/** The turn of one run, of which there is one at a time in a database. */
record Turn(
        Run run,
        Scope scope,
        Journal journal,
        Postgres postgres,
        ApplyOptions options,
        Progress progress,
        Interruption interruption) {

    /**
     * Waits until it comes, and until the work of earlier runs has ended.
     *
     * @param work is done under the lock
     * @throws ProvisionException LOCKED, UNREACHABLE, or what {@code work} throws
     */
    <T> T take(Function<RunLock, T> work) {
        try (RunLock lock = interruption.whileWaiting(
                () -> RunLock.take(postgres, options.patience(), progress::waitsFor))) {
            lock.requireAnotherConnection(postgres, options.timeout());
            interruption.whileWaiting(() -> lock.awaitEarlierWork(options.patience(), progress::waitsFor));
            return work.apply(lock);
        } catch (DatabaseFailure e) {
            throw Failures.of("the run", e);
        }
    }

    /** @param statements those for the server's version */
    RunContext context(RunLock lock, LoginFacts facts, IntFunction<PostgresStatements> statements) {
        return new RunContext(
                run,
                facts,
                postgres,
                lock,
                journal,
                new ChangeTexts(scope, facts.serverVersion()),
                statements.apply(facts.serverVersion()),
                options,
                interruption,
                progress::waitsFor);
    }
}
