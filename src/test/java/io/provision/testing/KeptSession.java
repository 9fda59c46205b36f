package io.provision.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * The superuser's last session, kept for what comes next in the same database: to log in costs more than most of the
 * statements that tests send. Between two uses it is as a new one: it holds no lock and no setting.
 */
final class KeptSession {

    private final TestPostgres postgres;
    private Optional<Kept> kept = Optional.empty();

    private record Kept(String database, Connection session) {
    }

    /** What is done in the session. */
    interface Work<T> {

        T in(Connection session) throws SQLException;
    }

    KeptSession(TestPostgres postgres) {
        this.postgres = postgres;
    }

    /** Several threads at once have one session each, of which one is kept. One in which something failed is not. */
    <T> T use(String database, Work<T> work) throws SQLException {
        Connection session = take(database);
        boolean clean = false;
        try {
            T result = work.in(session);
            clean = isClean(session);
            return result;
        } finally {
            if (clean) {
                close(swap(Optional.of(new Kept(database, session))));
            } else {
                session.close();
            }
        }
    }

    private Connection take(String database) throws SQLException {
        Optional<Kept> last = swap(Optional.empty());
        if (last.isPresent() && last.get().database().equals(database) && last.get().session().isValid(1)) {
            return last.get().session();
        }
        close(last);
        return postgres.connect(database);
    }

    /** Not where a transaction is open still. */
    private static boolean isClean(Connection session) {
        try (Statement statement = session.createStatement()) {
            statement.execute("DISCARD ALL");
            return true;
        } catch (SQLException notNow) {
            return false;
        }
    }

    private static void close(Optional<Kept> last) throws SQLException {
        if (last.isPresent()) {
            last.get().session().close();
        }
    }

    private synchronized Optional<Kept> swap(Optional<Kept> by) {
        Optional<Kept> last = kept;
        kept = by;
        return last;
    }
}
