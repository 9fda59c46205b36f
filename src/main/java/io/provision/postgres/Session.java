package io.provision.postgres;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postgresql.PGConnection;

/**
 * A connection with one transaction open at a time. Every transaction begins by taking everybody's names out of the
 * search path: what a service's role plants in a schema is never called by accident. No timeout of the login's role
 * ends one.
 */
public final class Session implements AutoCloseable {

    /** Turns the row that a result set stands on into a value. */
    @FunctionalInterface
    public interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private static final int TRANSACTION_TIMEOUT_SINCE = 17;
    /** A size or an expression cannot be asked for while somebody has the table to himself. */
    private static final String LOOK_PATIENCE = "SET LOCAL lock_timeout = '5s'";
    private static final String UNLIMITED =
            "SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0";

    /** Ends a statement, and a comment that it may end with. */
    private static final String END = "\n;";

    private final Connection connection;
    private final Consumer<String> log;
    private final SpareConnection spare;
    private boolean onlyLooked = true;

    /**
     * @param log is told each statement that is sent, without its parameters; never one that holds a verifier
     * @param spare takes the connection when the session ends, if it only looked
     */
    Session(Connection connection, Consumer<String> log, SpareConnection spare) {
        this.connection = connection;
        this.log = log;
        this.spare = spare;
    }

    /** What {@code journal} does with its own tables in the transaction that stands open. */
    @FunctionalInterface
    public interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** As {@link Work}, for what returns nothing. */
    @FunctionalInterface
    public interface Step {
        void on(Connection connection) throws SQLException;
    }

    public <T> T call(Work<T> work) {
        try {
            return work.on(connection);
        } catch (SQLException e) {
            throw new DatabaseFailure(e);
        }
    }

    public void run(Step step) {
        call(c -> {
            step.on(c);
            return null;
        });
    }

    /** Begins a transaction that cannot write. */
    public void beginReadOnly() {
        begin(Stream.of("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY", settled(), LOOK_PATIENCE));
    }

    /** Begins a transaction that cannot write, and whose every statement sees what has become of the catalogs. */
    public void beginLooking() {
        begin(Stream.of("SET TRANSACTION ISOLATION LEVEL READ COMMITTED, READ ONLY", settled(), LOOK_PATIENCE));
    }

    /**
     * Begins a transaction that can write; settings that a {@code sql:} file left behind are gone.
     *
     * @param settings further ones, as statements
     */
    public void begin(String... settings) {
        onlyLooked = false;
        begin(Stream.concat(Stream.of("SET TRANSACTION READ WRITE", "RESET ALL", settled()), Stream.of(settings)));
    }

    /** In one round trip. */
    private void begin(Stream<String> statements) {
        execute(statements.collect(Collectors.joining("; ")));
    }

    /**
     * Settings of this transaction alone. A timeout that the login's role has is meant for a service: the run waits for
     * locks, runs files and keeps its own lock for as long as its own limits say.
     */
    private String settled() {
        String limits = call(c -> c.getMetaData().getDatabaseMajorVersion()) < TRANSACTION_TIMEOUT_SINCE
                ? UNLIMITED
                : UNLIMITED + "; SET LOCAL transaction_timeout = 0";
        return "SET LOCAL search_path = pg_catalog, pg_temp; " + limits;
    }

    public void commit() {
        log.accept("COMMIT");
        run(Connection::commit);
    }

    public void rollback() {
        log.accept("ROLLBACK");
        run(Connection::rollback);
    }

    public void execute(String sql) {
        execute(sql, sql);
    }

    /**
     * @param shown what the log is told instead: the statement without its secret
     * @return the server's warnings
     */
    List<String> execute(String sql, String shown) {
        return executeAll(List.of(sql), List.of(shown));
    }

    /** Nothing is asked between the statements: they go in one round trip. */
    void executeAll(List<String> statements) {
        executeAll(statements, statements);
    }

    /**
     * @param shown what the log is told instead, one for one
     * @return the server's warnings
     */
    List<String> executeAll(List<String> statements, List<String> shown) {
        shown.forEach(log);
        return statements.isEmpty()
                ? List.of()
                : call(c -> warningsOf(c, String.join(END, statements))).stream().map(SQLWarning::getMessage).toList();
    }

    private static List<SQLWarning> warningsOf(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
            List<SQLWarning> warnings = new ArrayList<>();
            for (SQLWarning w = statement.getWarnings(); w != null; w = w.getNextWarning()) {
                warnings.add(w);
            }
            return warnings;
        }
    }

    /** @param parameters bound in order; a collection of texts is bound as a {@code text[]} */
    public <T> List<T> query(String sql, RowReader<T> reader, Object... parameters) {
        log.accept(sql);
        return call(c -> rows(sql, reader, parameters));
    }

    private <T> List<T> rows(String sql, RowReader<T> reader, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                bind(statement, i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                List<T> result = new ArrayList<>();
                while (rows.next()) {
                    result.add(reader.read(rows));
                }
                return result;
            }
        }
    }

    private void bind(PreparedStatement statement, int index, Object parameter) throws SQLException {
        if (parameter instanceof Collection<?> texts) {
            Array array = connection.createArrayOf("text", texts.toArray());
            statement.setArray(index, array);
        } else {
            statement.setObject(index, parameter);
        }
    }

    /** Makes the server give up the statement that it is at; from another thread. */
    public void cancel() {
        try {
            connection.unwrap(PGConnection.class).cancelQuery();
        } catch (SQLException e) {
            log.accept("the statement could not be given up: " + e.getMessage());
        }
    }

    boolean answersWithin(Duration wait) {
        return call(c -> c.isValid(Math.toIntExact(wait.toSeconds())));
    }

    /** As {@link #close}, for a server that may not answer any more. */
    void closeWithin(Duration wait) {
        onlyLooked = false;
        try {
            connection.setNetworkTimeout(Runnable::run, Math.toIntExact(wait.toMillis()));
        } catch (SQLException e) {
            log.accept("the connection was lost before it was closed: " + e.getMessage());
        }
        close();
    }

    @Override
    public void close() {
        try {
            if (!connection.isClosed()) {
                connection.rollback();
                if (onlyLooked && spare.keep(connection)) {
                    return;
                }
            }
            connection.close();
        } catch (SQLException e) {
            log.accept("the connection was lost before it was closed: " + e.getMessage());
        }
    }
}
