package io.provision.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/**
 * A connection for the next session: one that is opened while the command does something else, or one that only looked
 * and was done with. A login takes as long as many queries.
 */
final class SpareConnection {

    /** What waited for longer, a server or a pool may have closed by then. */
    private static final long FRESH = Duration.ofSeconds(2).toNanos();

    private Optional<Future<Connection>> waiting = Optional.empty();
    private long since;
    private boolean keeping;

    /** From now on; nothing is kept otherwise. */
    synchronized void startKeeping() {
        keeping = true;
    }

    synchronized void openAhead(Callable<Connection> login) {
        if (keeping && waiting.isEmpty()) {
            FutureTask<Connection> opening = new FutureTask<>(login);
            Thread thread = new Thread(opening, "provision-login");
            thread.setDaemon(true);
            thread.start();
            wait(opening);
        }
    }

    private void wait(Future<Connection> connection) {
        waiting = Optional.of(connection);
        since = System.nanoTime();
    }

    /** @return false where there is one already, or none is wanted: then it is the caller's to close */
    synchronized boolean keep(Connection connection) {
        if (!keeping || waiting.isPresent()) {
            return false;
        }
        FutureTask<Connection> open = new FutureTask<>(() -> connection);
        open.run();
        wait(open);
        return true;
    }

    /** @throws SQLException why it could not be opened */
    Optional<Connection> take() throws SQLException {
        Optional<Future<Connection>> next = next();
        return next.isPresent() ? Optional.of(opened(next.get())) : Optional.empty();
    }

    private synchronized Optional<Future<Connection>> next() {
        Optional<Future<Connection>> next = waiting;
        waiting = Optional.empty();
        if (next.isPresent() && next.get().isDone() && System.nanoTime() - since > FRESH) {
            close(next.get());
            return Optional.empty();
        }
        return next;
    }

    private static Connection opened(Future<Connection> opening) throws SQLException {
        try {
            return opening.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted while a connection was opened", e);
        }
    }

    /** Keeps nothing any more. One that is being opened yet is left to the end of the process. */
    synchronized void close() {
        keeping = false;
        waiting.filter(Future::isDone).ifPresent(SpareConnection::close);
        waiting = Optional.empty();
    }

    private static void close(Future<Connection> done) {
        try {
            opened(done).close();
        } catch (SQLException gone) {
            // Nobody asks for it any more.
            return;
        }
    }
}
