package io.provision.bench;

import io.provision.embedded.PostgresServer;
import io.provision.embedded.ServerPrograms;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A fresh data folder of PostgreSQL, with the database and the login of the bench, to be copied for each run: dropping
 * a database instead would make the next run up to three times slower on ext4.
 */
final class Template implements AutoCloseable {

    static final String DATABASE = "bench";
    static final String LOGIN = "bench_provisioner";
    private static final String SUPERUSER = "postgres";

    /** A thousand at a time: each table is a lock until the end of its transaction. */
    private static final String MAKE_TABLES = """
            DO $$
            BEGIN
              FOR i IN 1 .. %d LOOP
                EXECUTE format('CREATE TABLE other.t%%s (id integer, word varchar(10))', i);
                IF i %% 1000 = 0 THEN
                  COMMIT;
                END IF;
              END LOOP;
            END
            $$
            """;

    private final ServerPrograms programs;
    private final Supplier<Path> postgres;
    private final Path root;
    private final Arguments arguments;
    private final Set<Servers> running = ConcurrentHashMap.newKeySet();
    private int copies;

    private Template(ServerPrograms programs, Supplier<Path> postgres, Path root, Arguments arguments) {
        this.programs = programs;
        this.postgres = postgres;
        this.root = root;
        this.arguments = arguments;
    }

    /** @param root an empty folder, whose path is shorter than a socket's */
    static Template make(Path root, Arguments arguments)
            throws IOException, InterruptedException, SQLException {
        ServerPrograms programs = new ServerPrograms(root.resolve("programs"), said -> { });
        Supplier<Path> postgres = () -> arguments.postgres.map(programs::postgres).orElseGet(programs::postgres);
        Template template = new Template(programs, postgres, root, arguments);
        Runtime.getRuntime().addShutdownHook(new Thread(template::close));
        PostgresServer server = template.server(template.pristine());
        URI url = URI.create(server.start().url());
        try {
            template.prepare(url);
        } finally {
            server.stop();
        }
        return template;
    }

    private Path pristine() {
        return root.resolve("pristine");
    }

    private PostgresServer server(Path folder) {
        return new PostgresServer(postgres, folder, Map.of());
    }

    private void prepare(URI url) throws SQLException {
        try (Connection session = connect(url, "postgres");
                Statement statement = session.createStatement()) {
            statement.execute("CREATE DATABASE " + DATABASE);
            statement.execute("CREATE ROLE " + LOGIN + " LOGIN CREATEROLE PASSWORD '" + Job.PASSWORD + "'");
            statement.execute("GRANT CREATE ON DATABASE " + DATABASE + " TO " + LOGIN);
        }
        if (arguments.tables > 0) {
            try (Connection session = connect(url, DATABASE);
                    Statement statement = session.createStatement()) {
                statement.execute("CREATE SCHEMA other");
                statement.execute(MAKE_TABLES.formatted(arguments.tables));
            }
        }
    }

    private static Connection connect(URI url, String database) throws SQLException {
        String[] user = url.getUserInfo().split(":", 2);
        return DriverManager.getConnection(
                "jdbc:postgresql://" + url.getHost() + ":" + url.getPort() + "/" + database, user[0], user[1]);
    }

    /** Servers on a copy of their own, that nobody has asked anything yet. */
    Servers start() throws IOException, InterruptedException {
        Path folder = root.resolve("run-" + ++copies);
        Machine.run(List.of("cp", "-a", pristine().toString(), folder.toString()), Map.of(), root.resolve("log"));
        URI url = URI.create(server(folder).start().url());
        String password = arguments.login == Arguments.Login.SUPERUSER
                ? url.getUserInfo().split(":", 2)[1]
                : Job.PASSWORD;
        String user = arguments.login == Arguments.Login.SUPERUSER ? SUPERUSER : LOGIN;
        Servers servers = new Servers(
                server(folder), programs::redis, folder, new Servers.Address(url.getPort(), user, password));
        running.add(servers);
        return servers;
    }

    /** Stops what still runs, and deletes everything. */
    @Override
    public void close() {
        running.forEach(Servers::close);
        delete(root);
    }

    /**
     * Out of the way of the next run, if it stands. Nothing is deleted before the end: for minutes, ext4 searches past
     * each file that was, and half of all that the system does in a fresh run would be that search.
     */
    static void putAside(Path folder) throws IOException {
        if (Files.exists(folder)) {
            Files.move(folder, folder.resolveSibling(folder.getFileName() + "-" + UUID.randomUUID()));
        }
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(folder)) {
            tree.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
