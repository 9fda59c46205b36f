package io.provision.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.provision.testing.TestPostgres;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each exit code of {@code cli.md}, and the sentence that comes with it. */
class ExitCodesIT {

    private static final String NOBODY_LISTENS = "postgresql://somebody:s3cret@127.0.0.1:1/db";

    @TempDir
    private Path folder;

    @Test
    void oneWhereAFileFailsAndItsInstanceAloneIsUndone() {
        Servers servers = Servers.fresh();
        Project project = Project.exchanges(folder, "A", "B");
        project.write("sql/A/V2__broken.sql", "SELECT 1 / 0;\n");
        Ended ended = servers.command(project).run("init", "-o", "json").expect(1);
        ended.showsNoInside();

        JsonNode failed = ended.json().get("failed");
        assertEquals(1, failed.size());
        assertEquals(project.instance("A"), failed.get(0).get("instance").asText());
        String why = failed.get(0).get("why").asText();
        assertTrue(why.contains("V2__broken.sql") && why.contains("division by zero [22012]"), why);
        assertFalse(project.has("volumes/" + project.instance("A")));
        assertTrue(project.has("volumes/" + project.instance("B") + "/data"));
        try (Database database = servers.database()) {
            assertEquals(List.of(project.schema("B")), database.column("""
                    SELECT nspname
                    FROM pg_namespace
                    WHERE nspname LIKE 'exchange%'
                    """));
            assertEquals("0", database.ask("SELECT count(*) FROM pg_roles WHERE rolname = '%s_adapter'"
                    .formatted(project.schema("A"))));
        }

        project.write("sql/A/V2__broken.sql", "SELECT 1;\n");
        servers.command(project).run("init").expect(0);
        servers.command(project).run("init").expect(0).prints("nothing to do: 2 instances stand");
    }

    @Test
    void twoWhereTheManifestIsWrongWithEveryFaultAndItsLine() {
        Project project = new Project(folder).write("instances.yaml", """
                ecosystem: faulty
                postgres: {url: "${NO_SUCH_VARIABLE}"}
                redis: {url: 17}
                servises: {}
                defaults:
                  readers: monitor_user
                services:
                  exchange-simulator: {migrat: {tables: [a]}}
                instances:
                  exchange-A: {service: exchange-simulator, naming: componnent}
                  exchange-B: {service: no-such-service}
                  exchange-C: {service: exchange-simulator, ports: {http: 99999}}
                """);
        Ended ended = project.run("init").expect(2);

        List<String> errors = ended.err().lines().filter(line -> line.contains("error: ")).toList();
        for (int line : new int[] {2, 3, 4, 6, 8, 10, 11, 12}) {
            assertEquals(1, errors.stream().filter(error -> error.contains("instances.yaml:" + line + ":")).count(),
                    () -> "line " + line + ": " + ended);
        }
        assertEquals(8, errors.size(), ended::toString);
        ended.says("did you mean `services`?");
        ended.showsNoInside();
        assertFalse(project.has(".provision"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "init --allow-hazrd x      | unknown option `--allow-hazrd`           | --allow-hazard",
        "initt                     | unknown command `initt`                  | did you mean `init`?",
        "init exchange-OKY         | the manifest lists no instance exchange-OKY | did you mean `exchange-OKX`?",
        "init --no-embedded        | PostgreSQL would be the embedded one     | --postgres-url",
        "plan -o xml               | does not write `-o xml`                  | it writes text, json",
        "init --wait soon          | soon                                     | --help` shows how",
        "init -f no-such.yaml      | no-such.yaml                             | ",
        "embedded                  | ACTION                                   | embedded --help` shows how",
    })
    void twoWhereTheCommandLineIsWrong(String words, String sentence, String remedy) {
        Ended ended = Project.shipped(folder).run(words.split(" ")).expect(2);

        assertEquals("", ended.out());
        ended.says(sentence);
        ended.says(remedy == null ? "" : remedy);
        ended.showsNoInside();
    }

    @Test
    void twoWhereTheEnvironmentForbidsTheEmbeddedServers() {
        Project project = Project.shipped(folder);
        Ended ended = project.command().with("PROVISION_EMBEDDED", "never").run("plan", "-o", "json").expect(2);

        assertEquals("", ended.out());
        ended.says("PostgreSQL would be the embedded one");
        ended.says("Redis would be the embedded one");
        assertFalse(project.has(".provision"));
    }

    @Test
    void threeWhereAPlanFindsChanges() {
        Servers servers = Servers.fresh();
        Project project = Project.exchanges(folder, "A");

        servers.command(project).run("plan").expect(0);
        servers.command(project).run("plan", "--detailed-exitcode").expect(3);
        servers.command(project).run("init").expect(0);
        servers.command(project).run("plan", "--detailed-exitcode").expect(0);
    }

    @Test
    void fourWhereVerifyFindsAFaultOrABreach() {
        Servers servers = Servers.fresh();
        Project project = Project.exchanges(folder, "A", "B");
        servers.command(project).run("verify", "--only", "postgres").expect(4).prints("there is none");

        servers.command(project).run("init").expect(0);
        servers.command(project).run("verify").expect(0).prints("no instance reaches what is another's");
        try (Database database = servers.database()) {
            String grant = "USAGE ON SCHEMA %s %s %s_adapter";
            database.run("GRANT " + grant.formatted(project.schema("A"), "TO", project.schema("B")));
            servers.command(project).run("verify").expect(4)
                    .prints("%s_adapter was granted USAGE on the schema %s"
                            .formatted(project.schema("B"), project.schema("A")));
            database.run("REVOKE " + grant.formatted(project.schema("A"), "FROM", project.schema("B")));
        }
    }

    @Test
    void fiveWherePostgresDoesNotAnswer() {
        unreachable("init");
    }

    @Tag("full")
    @ParameterizedTest
    @ValueSource(strings = {"plan", "verify", "status", "history"})
    void fiveInOtherCommandsToo(String command) {
        unreachable(command);
    }

    private void unreachable(String command) {
        Ended ended = Project.shipped(folder).run(command, "--postgres-url", NOBODY_LISTENS, "--only", "postgres")
                .expect(5);

        ended.saysOneError("PostgreSQL at postgresql://somebody:***@127.0.0.1:1/db cannot be used");
        assertEquals("", ended.out());
        assertFalse(ended.err().contains("s3cret"));
    }

    @Test
    void fiveWhereRedisDoesNotAnswer() {
        Ended ended = Project.shipped(folder)
                .run("init", "--redis-url", "redis://somebody:s3cret@127.0.0.1:1", "--only", "redis").expect(5);

        ended.saysOneError("Redis at redis://somebody:***@127.0.0.1:1 cannot be used: nothing listens there");
        assertFalse(ended.err().contains("s3cret"));
    }

    @Test
    void fiveWhereALoginIsRefused() {
        Servers servers = Servers.fresh();
        Project project = Project.exchanges(folder, "A");
        int port = TestPostgres.shared().port();
        String wrong = "postgresql://postgres:wr0ng@127.0.0.1:" + port + "/postgres";

        Ended ended = servers.command(project).run("init", "--postgres-url", wrong).expect(5);

        ended.saysOneError("password authentication failed");
        assertFalse(ended.err().contains("wr0ng"));
        assertFalse(project.has("volumes"));
    }

    @Test
    void sixWhereAnotherRunHoldsTheLock() {
        Servers servers = Servers.fresh();
        Project project = Project.exchanges(folder, "A");
        project.write("sql/A/V2__slow.sql", "SELECT pg_sleep(3600);\n");
        try (RunningCommand other = servers.command(project).start("init"); Database database = servers.database()) {
            database.awaitSleep(other);
            Ended ended = servers.command(project).run("init", "--wait", "0s").expect(6);

            ended.saysOneError("another run holds the lock of this database after 0 s: provision init (pid ");
            ended.says("user postgres");
            assertEquals("", ended.out());
            // A plan only looks, and waits for nobody.
            servers.command(project).run("plan", "--wait", "0s").expect(0);
            other.interrupt();
            assertEquals(130, other.await().exit());
        }
    }

    @Test
    void sevenWhereTheLoginLacksAPrivilege() {
        Servers servers = Servers.fresh();
        Project project = Project.exchanges(folder, "A");
        TestPostgres.Login login = TestPostgres.shared().createProvisioningLogin();

        Ended ended = servers.as(login.name(), login.password()).command(project).run("init").expect(7);

        ended.saysOneError("CREATE on the database " + servers.databaseName());
        ended.says("GRANT CREATE ON DATABASE \"%s\" TO \"%s\"".formatted(servers.databaseName(), login.name()));
        assertFalse(project.has("volumes"));
        try (Database database = servers.database()) {
            assertEquals("0", database.ask("SELECT count(*) FROM pg_roles WHERE rolname LIKE '%s%%'"
                    .formatted(project.schema("A"))));
            database.run("GRANT CREATE ON DATABASE %s TO %s".formatted(servers.databaseName(), login.name()));
        }
        servers.as(login.name(), login.password()).command(project).run("init").expect(0);
    }

    @Tag("full")
    @Test
    void theHelpOfEveryCommandFitsAnEightyColumnTerminal() {
        Project project = new Project(folder);
        for (String command : List.of(
                "", "derive", "validate", "plan", "init", "verify", "status", "history", "embedded", "grants",
                "completion")) {
            String help = project.run((command + " --help").strip().split(" ")).expect(0).out();
            assertTrue(help.contains("Usage: provision"), help);
            assertTrue(help.lines().flatMapToInt(line -> IntStream.of(line.length())).allMatch(n -> n <= 80), help);
        }
    }
}
