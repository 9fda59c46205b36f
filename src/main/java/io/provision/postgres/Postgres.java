package io.provision.postgres;

import io.provision.problem.ExitCode;
import io.provision.problem.ProvisionException;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;

/** Opens sessions on one database. */
public final class Postgres {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    /**
     * PostgreSQL ({@code authentication_timeout}) and PgBouncer ({@code client_login_timeout}) give a login up by
     * themselves after a minute: whoever says nothing beyond that is no busy server, and no pool that has one wait.
     */
    private static final Duration LOGIN_TIMEOUT = Duration.ofSeconds(65);

    /** A connection that was closed is counted until its backend has ended, and one that is refused is as well. */
    private static final int TRIES = 7;

    /** Of who would do without: enough for one that was closed a moment ago not to count. */
    private static final int FEW_TRIES = 5;

    private static final long FIRST_PAUSE_MILLIS = 10;

    /** What bounds a login where the URL has it. */
    private static final List<String> LOGIN_BOUNDS = List.of("loginTimeout", "socketTimeout");

    private final PostgresTarget target;
    private final String applicationName;
    private final Consumer<String> log;
    private final Duration login;
    private final SpareConnection spare = new SpareConnection();

    /**
     * @param applicationName what others see of the session in {@code pg_stat_activity}; the server cuts it at 63 bytes
     * @param log is told every statement that is sent, but for those that hold a verifier
     */
    public Postgres(PostgresTarget target, String applicationName, Consumer<String> log) {
        this(target, applicationName, log, LOGIN_TIMEOUT);
    }

    /** @param login how long each answer of a login is waited for, in whole seconds, where the URL does not say */
    Postgres(PostgresTarget target, String applicationName, Consumer<String> log, Duration login) {
        this.target = target;
        this.applicationName = applicationName;
        this.log = log;
        this.login = login;
    }

    /** The same database with another login. */
    public Postgres as(String user, char[] password) {
        return new Postgres(target.as(user, password), applicationName, log, login);
    }

    PostgresTarget target() {
        return target;
    }

    /**
     * Begins to open a connection, which the next session has then, and from now on hands one that only looked on to
     * the session that follows. Whether it can be had is told by {@link #open}. To be ended by {@link #closeSpare}.
     */
    public void openAhead() {
        spare.startKeeping();
        spare.openAhead(this::login);
    }

    /** Closes the connection that no session has, if there is one. */
    public void closeSpare() {
        spare.close();
    }

    /**
     * @throws ProvisionException with {@link ExitCode#UNREACHABLE} when the server cannot be reached or refuses the
     *     login
     */
    public Session open() {
        try {
            Optional<Connection> next = spare.take();
            return new Session(next.isPresent() ? next.get() : login(), log, spare);
        } catch (SQLException e) {
            throw failure().unreachable(e);
        }
    }

    private Connection login() throws SQLException {
        Properties properties = properties();
        boolean bounded = LOGIN_BOUNDS.stream().anyMatch(properties::containsKey);
        return bounded ? connect(properties, TRIES, e -> { }) : connectWithin(login, properties);
    }

    /** The driver's own {@code loginTimeout} would take a thread for each connection. */
    private Connection connectWithin(Duration login, Properties properties) throws SQLException {
        properties.put("socketTimeout", Long.toString(login.toSeconds()));
        Connection connection = connect(properties, TRIES, e -> { });
        connection.setNetworkTimeout(Runnable::run, 0);
        return connection;
    }

    /**
     * A further session, for what would do without: a pool lets everybody in, and has those wait whom it has no
     * connection for.
     *
     * @param within each answer, in whole seconds, at least one
     * @return empty where nobody answered by then, or the pool had none
     * @throws ProvisionException as {@link #open} does, where the server or the pool says why there is none
     */
    Optional<Session> openAnother(Duration within) {
        return openAnother(within, refused -> { });
    }

    /** @param refused told, as it comes, why there is none yet: it is tried a few times */
    Optional<Session> openAnother(Duration within, Consumer<ProvisionException> refused) {
        Properties properties = properties();
        String seconds = Long.toString(within.toSeconds());
        properties.put("connectTimeout", seconds);
        properties.put("socketTimeout", seconds);
        properties.put("sslResponseTimeout", Long.toString(within.toMillis()));
        try {
            return Optional.of(answering(
                    connect(properties, FEW_TRIES, e -> refused.accept(failure().noFurther(e)))));
        } catch (SQLException e) {
            return noOther(e);
        } catch (DatabaseFailure e) {
            return noOther((SQLException) e.getCause());
        }
    }

    /** A pool has a connection for it by then. */
    private Session answering(Connection connection) throws SQLException {
        Session session = new Session(connection, log, new SpareConnection());
        try {
            session.beginLooking();
            session.rollback();
            connection.setNetworkTimeout(Runnable::run, socketTimeoutMillis());
            return session;
        } catch (SQLException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /** What the URL says, where it does. */
    private int socketTimeoutMillis() {
        String seconds = properties().getProperty("socketTimeout", "0");
        return Math.toIntExact(Duration.ofSeconds(Long.parseLong(seconds)).toMillis());
    }

    private Optional<Session> noOther(SQLException e) {
        if (Sqlstates.timedOut(e)) {
            return Optional.empty();
        }
        throw failure().noFurther(e);
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.putAll(target.properties());
        properties.putIfAbsent("ApplicationName", applicationName);
        properties.putIfAbsent("connectTimeout", Long.toString(CONNECT_TIMEOUT.toSeconds()));
        properties.putIfAbsent("targetServerType", target.severalHosts() ? "primary" : "any");
        properties.putIfAbsent("tcpKeepAlive", "true");
        // The application's name goes with the start-up packet then, and outlives RESET ALL.
        properties.putIfAbsent("assumeMinServerVersion", "13");
        // Server-side prepared statements do not survive a pool in transaction mode.
        properties.putIfAbsent("prepareThreshold", "0");
        // Rows that go together go in one statement.
        properties.putIfAbsent("reWriteBatchedInserts", "true");
        // What has no parameters goes as one message, however many statements it is: parsed once, and never prepared.
        properties.putIfAbsent("preferQueryMode", "extendedForPrepared");
        return properties;
    }

    /**
     * @param tries where all connections are taken
     * @param refused told of each that is not the last one
     */
    private Connection connect(Properties properties, int tries, Consumer<SQLException> refused) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                return connect(properties);
            } catch (SQLException e) {
                if (!Sqlstates.allConnectionsTaken(e) || attempt == tries) {
                    throw e;
                }
                refused.accept(e);
                pause(attempt);
            }
        }
    }

    /** Of two that count each other, one is to be the first. */
    private static void pause(int attempt) {
        try {
            JitteredPause.upTo(FIRST_PAUSE_MILLIS << attempt);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failures.interrupted("a connection was waited for");
        }
    }

    private Connection connect(Properties properties) throws SQLException {
        Driver driver = new org.postgresql.Driver();
        Connection connection = driver.connect(target.jdbcUrl(), properties);
        if (connection == null) {
            throw new SQLException("the driver does not take this URL");
        }
        connection.setAutoCommit(false);
        return connection;
    }

    /** Whether the server was reached, and admits this user not at all, or not with this password. */
    public static boolean refusedLogin(ProvisionException e) {
        return e.getCause() instanceof SQLException cause && Sqlstates.isRefusedLogin(cause);
    }

    /** Of a connection that was made with the usual properties. */
    private LoginFailure failure() {
        return new LoginFailure(target, properties(), login);
    }
}
