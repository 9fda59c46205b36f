package io.provision.postgres;

import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One run at a time in a database ({@code postgres.md}, "Atomic, resumable, alone"): an advisory lock of a transaction
 * that is kept open on a session of its own, so that it works through a pool in transaction mode too.
 */
public final class RunLock implements AutoCloseable {

    private static final Duration LAST_WAIT = Duration.ofSeconds(5);

    private static final String AGAIN = "run the same command again: it goes on from what stands";

    private final Session session;
    private final LockHolder holder;
    private volatile boolean lost;

    private RunLock(Session session) {
        this.session = session;
        this.holder = LockHolder.of(session);
    }

    /**
     * Takes it, or waits for it.
     *
     * @param wait how long another run is waited for
     * @param waiting told once, who holds it
     * @throws ProvisionException with {@link ExitCode#LOCKED} when it is still held then
     */
    public static RunLock take(Postgres postgres, Duration wait, Consumer<String> waiting) {
        Session session = postgres.open();
        try {
            return take(session, wait, waiting);
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    private static RunLock take(Session session, Duration wait, Consumer<String> waiting) {
        try {
            if (!poll(session, new LockWait(wait, waiting))) {
                throw new ProvisionException(
                        ExitCode.LOCKED,
                        Problem.error("another run holds the lock of this database after %s: %s"
                                        .formatted(shown(wait), AdvisoryLock.whoHolds(session)))
                                .remedy("let it end, or wait longer with `--wait`"));
            }
            return new RunLock(session);
        } catch (DatabaseFailure e) {
            throw Failures.of("taking the run's lock", e);
        }
    }

    private static boolean poll(Session session, LockWait wait) {
        while (true) {
            session.begin();
            if (AdvisoryLock.RUN.tryTake(session)) {
                return true;
            }
            if (!wait.isTold()) {
                wait.tell(AdvisoryLock.whoHolds(session));
            }
            session.rollback();
            if (!wait.goesOn()) {
                return false;
            }
        }
    }

    /**
     * The run works on other connections than the one that this lock keeps: a pool that has no other would have it wait
     * for itself.
     *
     * @param timeout that of the run; a fraction of a minute is enough for a pool that is only busy
     * @return this
     * @throws ProvisionException with {@link ExitCode#UNREACHABLE} when no second connection comes
     */
    public RunLock requireAnotherConnection(Postgres postgres, Duration timeout) {
        Duration within = FurtherSession.patience(timeout);
        Optional<Session> another = postgres.openAnother(within);
        another.ifPresent(Session::close);
        if (another.isEmpty()) {
            throw new ProvisionException(
                    ExitCode.UNREACHABLE,
                    Problem.error(("PostgreSQL at %s: no second connection came within %s while the first one holds the"
                                    + " run's lock: a pool between here and the server has too few for a run")
                                    .formatted(postgres.target(), shown(within)))
                            .remedy("give the pool at least 2 connections for this user and database, 3 where it pools"
                                    + " sessions (`pool_size` in PgBouncer), or connect to the server itself"));
        }
        return this;
    }

    /**
     * Waits until no backend of an earlier run works any more; then no earlier run can commit unseen.
     *
     * @param waiting told once, whose transaction it is
     * @return this
     * @throws ProvisionException with {@link ExitCode#LOCKED} when one still does after {@code wait}
     */
    public RunLock awaitEarlierWork(Duration wait, Consumer<String> waiting) {
        try {
            LockWait patience = new LockWait(wait, waiting);
            session.execute("SAVEPOINT before_work");
            while (!AdvisoryLock.WORK.tryTake(session)) {
                if (!patience.isTold()) {
                    patience.tell("a transaction of an earlier run, " + AdvisoryLock.whoHolds(session));
                }
                if (!patience.goesOn()) {
                    throw new ProvisionException(
                            ExitCode.LOCKED,
                            Problem.error("a transaction of an earlier run is still at work: "
                                            + AdvisoryLock.whoHolds(session))
                                    .remedy("let it end, or end it with pg_terminate_backend"));
                }
            }
            // What was taken after a savepoint goes with it: the new run's own work shares that lock.
            session.execute("ROLLBACK TO SAVEPOINT before_work");
            return this;
        } catch (DatabaseFailure e) {
            throw Failures.of("waiting for an earlier run's transactions", e);
        }
    }

    /**
     * Checked before each COMMIT: a run that lost its lock must not write any more.
     *
     * @throws ProvisionException when it is not held any more, or not on the server that this session works on
     */
    public void requireHeld(Session work) {
        require(work, List.of(), "NULL");
    }

    /**
     * The same, for a transaction that has written.
     *
     * @param last what it does at the end, sent in the same round trip, and not told the log
     * @return by which {@link TransactionStatus} can find out what became of it
     */
    public String requireHeldForCommit(Session work, List<String> last) {
        return require(work, last, TransactionStatus.ID);
    }

    /** The server is asked on the session that works: the lock's own may hang, and writers wait for the tables. */
    private String require(Session work, List<String> last, String id) {
        List<Guard> guards = new ArrayList<>();
        work.executeThenAsk(last, List.of(), List.of(new Question(
                "SELECT %s, %s".formatted(guarding(), id), row -> guards.add(Guard.read(row, 3)), List.of())));
        Guard guard = guards.get(0);
        require(guard);
        return guard.further();
    }

    private String guarding() {
        return holder.isOnThisServer() + ", " + AdvisoryLock.RUN.isHeldBy(holder).strip();
    }

    private void require(Guard guard) {
        requireServer(guard.sameServer());
        requireHeld(guard.held());
    }

    private void requireHeld(boolean held) {
        if (!held) {
            lost = true;
            throw new ProvisionException(
                    ExitCode.FAILED,
                    Problem.error("the connection that holds the run's lock was lost").remedy(AGAIN));
        }
    }

    /** What one look tells, and what else was asked in it. */
    private record Guard(boolean sameServer, boolean held, String further) {

        static Guard read(ResultSet row, int further) throws SQLException {
            return new Guard(row.getBoolean(1), row.getBoolean(2), String.valueOf(row.getString(further)));
        }
    }

    /**
     * What was so as a transaction began.
     *
     * @param held whether the run's lock was held
     * @param condition whether it was so what else must be
     */
    public record Begun(boolean held, boolean condition) {}

    /**
     * Begins a transaction that works, with its settings, on the server that the lock is on. It shares a lock with all
     * others of its kind, so that recovery can wait for the backends of a dead run.
     *
     * @param settings further ones, as statements; a limit to waiting among them holds for that lock, too
     * @param condition an expression that is asked in the same round trip, with its parameters
     * @throws ProvisionException as {@link #requireServer} does
     */
    public Begun begin(Session work, List<String> settings, String condition, List<Object> parameters) {
        List<Guard> guards = new ArrayList<>();
        RunWork.begin(work, settings, new Question(
                "SELECT %s, %s, %s".formatted(guarding(), condition, RunWork.SETTLING),
                row -> guards.add(Guard.read(row, 3)),
                parameters));
        Guard guard = guards.get(0);
        requireServer(guard.sameServer());
        return new Begun(guard.held(), guard.further().equals("t"));
    }

    /** The same, where nothing else must be so. */
    public void begin(Session work) {
        begin(work, List.of(), "TRUE", List.of());
    }

    /**
     * For what is done at the beginning of a transaction.
     *
     * @throws ProvisionException when the lock was not held any more
     */
    public void requireHeld(Begun begun) {
        requireHeld(begun.held());
    }

    /**
     * With several hosts, or a name that moves with the primary, a session may be on another server than the lock is.
     *
     * @throws ProvisionException with {@link ExitCode#UNREACHABLE} when it is
     */
    public void requireServer(Session work) {
        requireServer(work.query("SELECT " + holder.isOnThisServer(), row -> row.getBoolean(1)).get(0));
    }

    private void requireServer(boolean same) {
        if (!same) {
            lost = true;
            throw new ProvisionException(
                    ExitCode.UNREACHABLE,
                    Problem.error("the run's lock is on another server than the one that answers now: the one that it"
                                    + " began on was restarted, or failed over")
                            .remedy(AGAIN));
        }
    }

    /**
     * A session on the server that the lock is on: what another one holds is no ground for changes to this one.
     *
     * @throws ProvisionException with {@link ExitCode#UNREACHABLE} when that one does not answer any more
     */
    public Session openBeside(Postgres postgres) {
        Session beside = postgres.open();
        try {
            beside.beginLooking();
            requireServer(beside);
            beside.rollback();
            return beside;
        } catch (RuntimeException e) {
            beside.close();
            throw e;
        }
    }

    /** Whether a session was seen that the lock does not guard any more: then nothing more can be committed. */
    public boolean isLost() {
        return lost;
    }

    /**
     * Asks on the lock's own connection, for when no other is to be had.
     *
     * @return whether the server that it is on still answers
     */
    public boolean answers() {
        lost = lost || !session.answersWithin(LAST_WAIT);
        return !lost;
    }

    private static String shown(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }

    @Override
    public void close() {
        session.closeWithin(LAST_WAIT);
    }
}
