package io.provision.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
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

    /** Names that are asked for at once, and rows that come of it. */
    private static final int FEW = 100;

    private static final int PORTION = 1_000;

    private final Connection connection;
    private final Consumer<String> log;
    private final SpareConnection spare;
    private boolean onlyLooked = true;
    private OptionalLong database = OptionalLong.empty();
    private volatile boolean cancelled;

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

    /** @throws DatabaseFailure also where the session was cancelled before */
    public <T> T call(Work<T> work) {
        if (cancelled) {
            throw DatabaseFailure.cancelledBefore();
        }
        return callInAnyCase(work);
    }

    private <T> T callInAnyCase(Work<T> work) {
        try {
            return work.on(connection);
        } catch (SQLException e) {
            boolean unreadable = onlyLooked && Sqlstates.noSuchText(e);
            throw new DatabaseFailure(e, unreadable ? UnreadableTexts.told(connection) : "");
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
        execute(joined(TransactionSettings.looking("REPEATABLE READ", version())));
    }

    /** Begins a transaction that cannot write, and whose every statement sees what has become of the catalogs. */
    public void beginLooking() {
        execute(joined(TransactionSettings.looking("READ COMMITTED", version())));
    }

    /** Begins a transaction that can write; settings that a {@code sql:} file left behind are gone. */
    public void begin() {
        execute(joined(writing(List.of())));
    }

    /**
     * The same, and asks at the end of it, in one round trip.
     *
     * @param settings further ones, as statements
     */
    void begin(List<String> settings, Question question) {
        List<String> statements = writing(settings);
        log.accept(joined(statements));
        log.accept(question.sql());
        run(c -> RoundTrip.executeThenAsk(c, statements, List.of(question)));
    }

    private List<String> writing(List<String> settings) {
        onlyLooked = false;
        return TransactionSettings.writing(version(), settings);
    }

    private int version() {
        return call(c -> c.getMetaData().getDatabaseMajorVersion());
    }

    private static String joined(List<String> statements) {
        return String.join("; ", statements);
    }

    public void commit() {
        log.accept("COMMIT");
        end(Connection::commit);
    }

    public void rollback() {
        log.accept("ROLLBACK");
        end(Connection::rollback);
    }

    private void end(Step end) {
        callInAnyCase(c -> {
            end.on(c);
            return true;
        });
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
                : call(c -> statements.equals(shown)
                                ? RoundTrip.execute(c, statements)
                                : RoundTrip.executeApart(c, statements))
                        .stream()
                        .map(SQLWarning::getMessage)
                        .toList();
    }

    /** The same, and asks when they were done, in the same round trip. */
    void executeThenAsk(List<String> statements, List<String> shown, List<Question> questions) {
        shown.forEach(log);
        questions.forEach(question -> log.accept(question.sql()));
        if (!statements.isEmpty() || !questions.isEmpty()) {
            run(c -> RoundTrip.executeThenAsk(c, statements, questions));
        }
    }

    /**
     * @param parameters as those of a {@link Question}; names that are joined by {@code unnest} once each, because there
     *     would be a row for each time that one is said
     */
    public <T> List<T> query(String sql, RowReader<T> reader, Object... parameters) {
        log.accept(sql);
        List<T> result = new ArrayList<>();
        run(c -> RoundTrip.executeThenAsk(c, List.of(), List.of(filling(result, sql, reader, parameters))));
        return result;
    }

    private static <T> Question filling(List<T> result, String sql, RowReader<T> reader, Object... parameters) {
        return new Question(sql, row -> result.add(reader.read(row)), Arrays.asList(parameters));
    }

    /**
     * As {@link #query}. What is asked of many comes some rows at a time: all at once, it would fill the memory, and
     * what is asked of few takes longer that way.
     */
    public <T> List<T> queryInPortions(String sql, RowReader<T> reader, Object... parameters) {
        if (Stream.of(parameters).noneMatch(p -> p instanceof Collection<?> names && names.size() > FEW)) {
            return query(sql, reader, parameters);
        }
        log.accept(sql);
        List<T> result = new ArrayList<>();
        run(c -> RoundTrip.askInPortions(c, filling(result, sql, reader, parameters), PORTION));
        return result;
    }

    /** The object id of its database, which it asks for once. */
    long database() {
        if (database.isEmpty()) {
            database = OptionalLong.of(query(
                            "SELECT oid FROM pg_database WHERE datname = current_database()", row -> row.getLong(1))
                    .get(0));
        }
        return database.getAsLong();
    }

    /** Asks all of them in one round trip; so all their answers are in memory at a time. */
    void ask(List<Question> questions) {
        questions.forEach(question -> log.accept(question.sql()));
        if (!questions.isEmpty()) {
            run(c -> RoundTrip.executeThenAsk(c, List.of(), questions));
        }
    }

    /**
     * Makes the server give up the statement that it is at, and sends no other one but COMMIT and ROLLBACK; from
     * another thread. The server may be between two statements, and would take the next one for a new wish.
     */
    public void cancel() {
        cancelled = true;
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
