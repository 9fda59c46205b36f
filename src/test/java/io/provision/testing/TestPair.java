package io.provision.testing;

import io.provision.embedded.PostgresServer;
import io.provision.embedded.ServerPrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A real primary and a real hot standby that streams from it, for one test: what has failed over is of no use to
 * another. There is no pg_basebackup among the test's programs: the standby begins as a cold copy.
 */
public final class TestPair implements AutoCloseable {

    private static final Map<String, String> SETTINGS = Map.of(
            "shared_buffers", "16MB",
            "wal_level", "replica",
            "autovacuum", "off",
            // What the standby has not got is not committed: a test may ask either.
            "synchronous_standby_names", "*",
            "synchronous_commit", "remote_apply");

    private final PostgresServer first;
    private final PostgresServer second;
    private final TestPostgres primary;
    private final TestPostgres standby;

    private TestPair(PostgresServer first, PostgresServer second) {
        this.first = first;
        this.second = second;
        this.primary = TestPostgres.of(first);
        this.standby = TestPostgres.of(second);
    }

    /** @param folder an empty one, that everybody may enter: the servers do not run as root */
    public static TestPair in(Path folder) throws IOException {
        Path one = folder.resolve("primary");
        Path two = folder.resolve("standby");
        PostgresServer made = server(one, Map.of());
        made.start();
        made.stop();
        Files.writeString(
                one.resolve("data/pg_hba.conf"),
                "host replication all 127.0.0.1/32 scram-sha-256\n",
                StandardOpenOption.APPEND);
        copy(one, two);
        Files.createFile(two.resolve("data/standby.signal"));
        PostgresServer primary = server(one, SETTINGS);
        primary.start();
        String source = primary.running().orElseThrow().url();
        Map<String, String> settings = new LinkedHashMap<>(SETTINGS);
        settings.put("primary_conninfo", source + "?application_name=standby");
        PostgresServer standby = server(two, settings);
        standby.start();
        return new TestPair(primary, standby);
    }

    private static PostgresServer server(Path folder, Map<String, String> settings) {
        ServerPrograms programs = new ServerPrograms(Path.of("target", "test-programs").toAbsolutePath(), said -> { });
        return new PostgresServer(programs::postgres, folder, settings);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectory(to);
        Files.copy(from.resolve("password"), to.resolve("password"));
        try (Stream<Path> tree = Files.walk(from.resolve("data"))) {
            for (Path path : tree.toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
    }

    /** Which one takes writes at first. */
    public TestPostgres primary() {
        return primary;
    }

    public TestPostgres standby() {
        return standby;
    }

    /** As psql takes it: the superuser of the database on these ports, in this order. */
    public String url(String database, int... ports) {
        StringBuilder hosts = new StringBuilder();
        for (int port : ports) {
            hosts.append(hosts.isEmpty() ? "" : ",").append("127.0.0.1:").append(port);
        }
        return "postgresql://%s:%s@%s/%s".formatted(primary.superuser(), primary.superuserPassword(), hosts, database);
    }

    /** The standby takes the place of the primary, which is shut down; there is no moment without one. */
    public void failOver() {
        promote();
        stopPrimary();
    }

    /** Nobody takes writes until the standby is promoted. */
    public void stopPrimary() {
        first.stop();
    }

    /** The standby takes writes from now on, whatever the other one does. */
    public void promote() {
        try (Connection session = standby.connect("postgres"); var statement = session.createStatement()) {
            statement.execute("SELECT pg_promote()");
            statement.execute("SET synchronous_commit = local");
            statement.execute("ALTER SYSTEM SET synchronous_standby_names = ''");
            statement.execute("SELECT pg_reload_conf()");
        } catch (SQLException e) {
            throw new IllegalStateException("promoting the standby", e);
        }
    }

    @Override
    public void close() {
        first.stop();
        second.stop();
    }
}
