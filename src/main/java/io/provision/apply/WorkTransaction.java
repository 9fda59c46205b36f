package io.provision.apply;

import io.provision.postgres.DatabaseFailure;
import io.provision.postgres.FurtherSession;
import io.provision.postgres.RunLock;
import io.provision.postgres.ScriptFailure;
import io.provision.postgres.Session;
import io.provision.postgres.TransactionStatus;
import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A transaction that does a run's work ({@code postgres.md}, "Atomic, resumable, alone"): it holds the shared work
 * lock, commits only while the run's token counts and its lock is alive, is tried again where that may help, and looks
 * up what became of it when the connection was lost at COMMIT.
 */
final class WorkTransaction {

    private final RunContext context;
    private Interruption interruption;
    private Session session;
    private RunLock.Begun begun;
    private List<String> last = List.of();

    WorkTransaction(RunContext context) {
        this.context = context;
        this.interruption = context.interruption();
    }

    /**
     * Takes back: it goes on when the run is interrupted. On the same session, where there is one: it may be the last
     * that was to be had.
     */
    <T> T uninterrupted(Supplier<T> undo) {
        Interruption before = interruption;
        if (session != null && !before.release(session)) {
            closeSession();
        }
        interruption = new Interruption();
        try {
            return undo.get();
        } finally {
            interruption = before;
            if (session != null) {
                before.watch(session);
            }
        }
    }

    /**
     * Has a session ready, where there is one for it beside those that others have.
     *
     * @param needless whether there is nothing left to do with it
     * @throws ProvisionException UNREACHABLE, where there is none
     */
    void openSession(BooleanSupplier needless) {
        if (session == null) {
            hold(open(() -> FurtherSession.open(context.postgres(), context.options().timeout(), needless)));
        }
    }

    /** The same, waiting for a while where all are taken: those that were closed are counted a moment longer. */
    void openOnlySession() {
        if (session == null) {
            hold(open(context.postgres()::open));
        }
    }

    private void hold(Session opened) {
        session = opened;
        interruption.watch(opened);
    }

    /**
     * @param work done in the transaction; told which try it is, from 1, because from the second on it must look again
     * @throws DatabaseFailure or {@link ScriptFailure} when no try succeeded; nothing of the transaction stays then
     */
    <T> T commit(Function<Integer, T> work) {
        return commit(work, List::of);
    }

    /** @param holders asked in a transaction of its own, when a lock was not to be had: who has it */
    <T> T commit(Function<Integer, T> work, Supplier<List<String>> holders) {
        return commit(work, holders, this::commitOrLookUp, true);
    }

    /** The same, but that no lock is waited for longer than one statement may wait. */
    <T> T commitWithoutWaiting(Function<Integer, T> work) {
        return commit(work, List::of, this::commitOrLookUp, false);
    }

    /** @param waits whether a lock that was not to be had is asked for again */
    private <T> T commit(Function<Integer, T> work, Supplier<List<String>> holders, Runnable end, boolean waits) {
        Tries tries = new Tries(context.options().timeout(), waits);
        while (true) {
            try {
                return attempt(work, tries.number(), end);
            } catch (DatabaseFailure | ScriptFailure | EffectMissing e) {
                List<String> held = Tries.lockNotToBeHad(e) ? ask(holders) : List.of();
                if (interruption.happened() || !tries.another(e)) {
                    throw held.isEmpty() ? e : new LockHeld(e, held);
                }
                if (Tries.rightRefused(e)) {
                    closeSession();
                }
                held.forEach(context.waiting()::accept);
                tries.pause();
            }
        }
    }

    /**
     * What is done outside PostgreSQL, once, while this run alone may do it: whoever takes over waits until this
     * transaction has ended, and only then looks at what stands.
     *
     * @throws ProvisionException when another run may have taken over; nothing was done then
     */
    void alone(Runnable work) {
        Runnable once = once(work);
        commit(
                attempt -> {
                    once.run();
                    return true;
                },
                List::of,
                this::commitNothing,
                true);
    }

    /**
     * To be done first in the transaction that stands open, and in those that try it again: whether this run still has
     * its lock was asked as it began.
     *
     * @param work as that of {@link #alone}
     */
    Runnable once(Runnable work) {
        AtomicBoolean done = new AtomicBoolean();
        return () -> {
            if (!done.get()) {
                context.lock().requireHeld(begun);
                done.set(true);
                work.run();
            }
        };
    }

    /** Nobody is told twice; nothing depends on the answer. */
    private List<String> ask(Supplier<List<String>> holders) {
        if (session == null) {
            return List.of();
        }
        try {
            session.beginReadOnly();
            return holders.get();
        } catch (DatabaseFailure e) {
            return List.of();
        } finally {
            endAsking();
        }
    }

    private void endAsking() {
        try {
            session.rollback();
        } catch (DatabaseFailure broken) {
            closeSession();
        }
    }

    Session session() {
        return session;
    }

    private <T> T attempt(Function<Integer, T> work, int attempt, Runnable end) {
        openOnlySession();
        try {
            begin();
            T result = work.apply(attempt);
            end.run();
            return result;
        } catch (RuntimeException | Error e) {
            giveUp(e);
            throw e;
        }
    }

    /** A server that has no connection left is no reason to give up the run; one that is gone is. */
    private Session open(Supplier<Session> login) {
        try {
            return login.get();
        } catch (ProvisionException e) {
            context.lock().answers();
            throw e;
        }
    }

    /** What the transaction does at its very end, together with the last look at the run's lock. */
    void atEnd(List<String> statements) {
        last = List.copyOf(statements);
    }

    private void begin() {
        last = List.of();
        begun = context.lock().begin(
                session,
                List.of("SET LOCAL lock_timeout = " + context.options().lockTimeout().toMillis()),
                context.journal().openRun(),
                List.of(context.run().id()));
        if (!begun.condition()) {
            throw new ProvisionException(
                    ExitCode.FAILED,
                    Problem.error("the run was ended by another one")
                            .remedy("run the same command again: it goes on from what stands"));
        }
    }

    /** Without an id there is nothing that the server would have to write down; and nothing to look up. */
    private void commitNothing() {
        context.lock().requireHeld(session);
        if (interruption.happened()) {
            throw Interruption.failure();
        }
        session.commit();
    }

    private void commitOrLookUp() {
        String transaction = context.lock().requireHeldForCommit(session, last);
        if (interruption.happened()) {
            throw Interruption.failure();
        }
        try {
            session.commit();
        } catch (RuntimeException | Error e) {
            // Where the server has not refused it, it may have been told, whatever broke here.
            if (e instanceof DatabaseFailure told && !told.connectionLost()) {
                throw e;
            }
            closeSession();
            if (!isCommitted(transaction, e)) {
                throw e;
            }
        }
    }

    private boolean isCommitted(String transaction, Throwable broken) {
        return switch (TransactionStatus.of(context.postgres(), transaction, context.lock())) {
            case COMMITTED -> true;
            case ABORTED -> false;
            case UNKNOWN -> throw new CommitInDoubt(broken);
        };
    }

    private void giveUp(Throwable e) {
        if (session == null) {
            return;
        }
        if (connectionLost(e)) {
            closeSession();
            return;
        }
        try {
            session.rollback();
        } catch (DatabaseFailure broken) {
            e.addSuppressed(broken);
            closeSession();
        }
    }

    private static boolean connectionLost(Throwable e) {
        return e instanceof DatabaseFailure failure && failure.connectionLost()
                || e instanceof ScriptFailure script && script.connectionLost();
    }

    void closeSession() {
        if (session != null) {
            interruption.release(session);
            session.close();
            session = null;
        }
    }
}
