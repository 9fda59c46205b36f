package io.provision.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.embedded.Kind;
import io.provision.testing.Pause;
import io.provision.testing.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A secret stands in its file, and nowhere else. */
class SecretsIT {

    @TempDir
    private Path folder;

    private Project project;

    @AfterEach
    void stop() {
        project.stopEmbedded();
    }

    @Test
    void noneIsInAnyOutputInTheServersLogOrInTheJournal() {
        Servers servers = Servers.fresh();
        project = Project.exchanges(folder, "A", "B");
        long mark = TestPostgres.shared().mark();
        StringBuilder said = new StringBuilder();
        for (String[] words : new String[][] {
            {"plan", "-v"}, {"plan", "-o", "sql"}, {"init", "-v"}, {"init", "-v", "-o", "json"}, {"status", "-v"},
            {"history", "-v", "-o", "json"}, {"validate", "--effective"}, {"grants", "somebody"}}) {
            said.append(servers.command(project).run(words).expect(0));
        }
        assertFalse(said.toString().contains("SCRAM-SHA-256$"), said::toString);
        said.append(TestPostgres.shared().logSince(mark));
        try (Database database = servers.database()) {
            said.append(database.column("SELECT c::text FROM provision.changes c"));
            said.append(database.column("SELECT i::text FROM provision.intents i"));
        }

        List<String> secrets = new ArrayList<>(project.secrets());
        assertEquals(2, secrets.size());
        secrets.add(TestPostgres.shared().superuserPassword());
        secrets.add(URI.create(servers.redisUrl()).getUserInfo().split(":", 2)[1]);
        for (String secret : secrets) {
            assertTrue(secret.length() > 15);
            assertFalse(said.toString().contains(secret), said::toString);
        }
    }

    @Test
    void aPasswordOfTheEnvironmentIsNotPrintedEither() {
        Servers servers = Servers.fresh();
        project = Project.exchanges(folder, "A");
        String password = "made-up-" + System.nanoTime();
        project.write("instances.yaml", project.read("instances.yaml")
                .replace("{generate: \".provision/secrets/{instance}\"}", "{env: EXCHANGE_PASSWORD}"));
        Ended ended = servers.command(project).with("EXCHANGE_PASSWORD", password).run("init", "-v").expect(0);

        assertFalse(ended.toString().contains(password), ended::toString);
        assertEquals(List.of("1"), select(servers.as(project.schema("A") + "_adapter", password)));
    }

    @Test
    void theFilesAreTheirOwnersAlone() throws IOException {
        Servers servers = Servers.fresh();
        project = Project.exchanges(folder, "A");
        servers.command(project).run("init").expect(0);
        Path secret = folder.resolve(".provision/secrets/" + project.instance("A"));

        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)));
        assertEquals(List.of("1"), select(servers.as(project.schema("A") + "_adapter", project.secrets().get(0))));
    }

    @Test
    void noneIsInTheProcessListOrInAChildsEnvironment() {
        project = Project.exchanges(folder, "A");
        project.write("sql/A/V2__slow.sql", "SELECT pg_sleep(3600);\n");
        try (RunningCommand running = project.command().start("init")) {
            while (project.embedded().servers().size() < 2 && running.lives()) {
                Pause.brief();
            }
            String postgres = project.embeddedUrl(Kind.POSTGRES).orElseThrow();
            String redis = project.embeddedUrl(Kind.REDIS).orElseThrow();
            List<String> secrets = new ArrayList<>();
            try (Database database = Database.at(postgres)) {
                database.awaitSleep(running);
                secrets.addAll(project.secrets());
            }
            Stream.of(postgres, redis).forEach(url -> secrets.add(URI.create(url).getUserInfo().split(":", 2)[1]));

            String seen = processes("cmdline") + processes("environ");
            assertTrue(processes("cmdline").contains("redis-server"));
            assertEquals(3, secrets.size());
            secrets.forEach(secret -> assertFalse(seen.contains(secret)));
            running.interrupt();
            running.await().expect(130);
        }
    }

    private static String processes(String file) {
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            StringBuilder text = new StringBuilder();
            all.filter(process -> process.getFileName().toString().matches("[0-9]+"))
                    .forEach(process -> text.append(content(process.resolve(file))));
            return text.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String content(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException goneOrAnothers) {
            return "";
        }
    }

    private static List<String> select(Servers servers) {
        try (Database database = servers.database()) {
            return database.column("SELECT 1");
        }
    }
}
