package io.provision.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/**
 * A connection for the next session: one that is opened while the command does something else, or one that only looked
 * and was done with. A login takes as long as many queries.
 */
final class SpareConnection {

    /** What waited for longer, a server or a pool may have closed by then. */
    private static final Duration FRESH = Duration.ofSeconds(2);

    private final Duration fresh;
    private Optional<Future<Opened>> waiting = Optional.empty();
    private boolean keeping;

    /** @param since as {@link System#nanoTime}: a login may take longer than a connection may wait */
    private record Opened(Connection connection, long since) {

        static Opened now(Connection connection) {
            return new Opened(connection, System.nanoTime());
        }

        boolean waitedLongerThan(Duration wait) {
            return System.nanoTime() - since > wait.toNanos();
        }
    }

    SpareConnection() {
        this(FRESH);
    }

    SpareConnection(Duration fresh) {
        this.fresh = fresh;
    }

    /** From now on; nothing is kept otherwise. */
    synchronized void startKeeping() {
        keeping = true;
    }

    synchronized void openAhead(Callable<Connection> login) {
        if (keeping && waiting.isEmpty()) {
            FutureTask<Opened> opening = new FutureTask<>(() -> Opened.now(login.call()));
            Thread thread = new Thread(opening, "provision-login");
            thread.setDaemon(true);
            thread.start();
            waiting = Optional.of(opening);
        }
    }

    /** @return false where there is one already, or none is wanted: then it is the caller's to close */
    synchronized boolean keep(Connection connection) {
        if (!keeping || waiting.isPresent()) {
            return false;
        }
        waiting = Optional.of(CompletableFuture.completedFuture(Opened.now(connection)));
        return true;
    }

    /**
     * @return empty where the caller is to log in
     * @throws SQLException why it could not be opened, however long ago: a wrong password is not to be tried twice
     */
    Optional<Connection> take() throws SQLException {
        Optional<Future<Opened>> next = next();
        if (next.isEmpty()) {
            return Optional.empty();
        }
        Opened opened = opened(next.get());
        if (opened.waitedLongerThan(fresh)) {
            close(next.get());
            return Optional.empty();
        }
        return Optional.of(opened.connection());
    }

    private synchronized Optional<Future<Opened>> next() {
        Optional<Future<Opened>> next = waiting;
        waiting = Optional.empty();
        return next;
    }

    private static Opened opened(Future<Opened> opening) throws SQLException {
        try {
            return opening.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failures.interrupted("a connection was opened");
        }
    }

    /** Keeps nothing any more. One that is being opened yet is left to the end of the process. */
    synchronized void close() {
        keeping = false;
        waiting.filter(Future::isDone).ifPresent(SpareConnection::close);
        waiting = Optional.empty();
    }

    private static void close(Future<Opened> done) {
        try {
            opened(done).connection().close();
        } catch (SQLException | IllegalStateException gone) {
            // Nobody asks for it any more.
            return;
        }
    }
}
