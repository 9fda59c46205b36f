package io.provision.it;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A session that looks, from outside, at what a command did or is at. */
final class Database implements AutoCloseable {

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long TRIES = 5_000;

    private final Connection session;

    private Database(Connection session) {
        this.session = session;
    }

    /** @param url as psql takes it, with user and password */
    static Database at(String url) {
        String[] login = URI.create(url).getUserInfo().split(":", 2);
        return at(url, login[0], login[1]);
    }

    /** Somebody else in the database of this URL. */
    static Database at(String url, String user, String password) {
        URI uri = URI.create(url);
        try {
            return new Database(DriverManager.getConnection(
                    "jdbc:postgresql://%s:%d%s".formatted(uri.getHost(), uri.getPort(), uri.getPath()),
                    user,
                    password));
        } catch (SQLException e) {
            throw new IllegalStateException("logging in as " + user, e);
        }
    }

    void run(String sql) {
        try {
            execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** What the server refuses, as its SQLSTATE says. */
    String refusal(String sql) {
        try {
            execute(sql);
        } catch (SQLException e) {
            return e.getSQLState();
        }
        throw new AssertionError("the server took it: " + sql);
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }

    /** The first value of the first row. */
    String ask(String sql) {
        return column(sql).get(0);
    }

    List<String> column(String sql) {
        try (Statement statement = session.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Waits until a question to the server is answered with true, for as long as the command lives. */
    void await(RunningCommand command, String question) {
        for (long i = 0; i < TRIES; i++) {
            if ("t".equals(ask("SELECT (%s)::text::char".formatted(question)))) {
                return;
            }
            if (!command.lives()) {
                throw new AssertionError("it ended before `%s`: %s".formatted(question, command.await()));
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        throw new AssertionError("never so: " + question);
    }

    /** Waits until a command is in the {@code pg_sleep} of a file. */
    void awaitSleep(RunningCommand command) {
        await(command, """
                SELECT count(*) > 0
                FROM pg_stat_activity
                WHERE datname = current_database()
                  AND wait_event = 'PgSleep'
                """);
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (SQLException e) {
            throw new IllegalStateException("closing a session", e);
        }
    }
}
