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
import java.util.Optional;
import java.util.Set;
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

    private final ServerPrograms programs;
    private final Supplier<Path> postgres;
    private final Path root;
    private final Arguments.Login login;
    private final Set<Servers> running = ConcurrentHashMap.newKeySet();
    private int copies;

    private Template(ServerPrograms programs, Supplier<Path> postgres, Path root, Arguments.Login login) {
        this.programs = programs;
        this.postgres = postgres;
        this.root = root;
        this.login = login;
    }

    /** @param root an empty folder, whose path is shorter than a socket's */
    static Template make(Path root, Arguments.Login login, Optional<Path> jar)
            throws IOException, InterruptedException, SQLException {
        ServerPrograms programs = new ServerPrograms(root.resolve("programs"), said -> { });
        Template template = new Template(
                programs, () -> jar.map(programs::postgres).orElseGet(programs::postgres), root, login);
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
        String[] user = url.getUserInfo().split(":", 2);
        String jdbc = "jdbc:postgresql://" + url.getHost() + ":" + url.getPort() + "/postgres";
        try (Connection session = DriverManager.getConnection(jdbc, user[0], user[1]);
                Statement statement = session.createStatement()) {
            statement.execute("CREATE DATABASE " + DATABASE);
            statement.execute("CREATE ROLE " + LOGIN + " LOGIN CREATEROLE PASSWORD '" + Job.PASSWORD + "'");
            statement.execute("GRANT CREATE ON DATABASE " + DATABASE + " TO " + LOGIN);
        }
    }

    /** Servers on a copy of their own, that nobody has asked anything yet. */
    Servers start() throws IOException, InterruptedException {
        Path folder = root.resolve("run-" + ++copies);
        Machine.run(List.of("cp", "-a", pristine().toString(), folder.toString()), Map.of(), root.resolve("log"));
        URI url = URI.create(server(folder).start().url());
        String password = login == Arguments.Login.SUPERUSER
                ? url.getUserInfo().split(":", 2)[1]
                : Job.PASSWORD;
        String user = login == Arguments.Login.SUPERUSER ? SUPERUSER : LOGIN;
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

    static void delete(Path folder) {
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
