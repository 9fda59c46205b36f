package io.provision.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** Options and places that a command meets in earnest. */
class CommandLineIT {

    @TempDir
    private Path folder;

    @Test
    void umlautsAndBlanksInThePathAndNamesOfSixtyThreeBytes() {
        Servers servers = Servers.fresh();
        String name = "exchange-" + "x".repeat(63 - "exchange_".length() - "_adapter".length());
        Project project = new Project(folder.resolve("Börsen für alle 交易所")).write("instances.yaml", """
                ecosystem: long
                redis: {url: embedded}
                services: {exchange-simulator: {adapter: audit-data-adapter}}
                instances: {%s: {service: exchange-simulator}}
                """.formatted(name));
        PackagedCommand bare = servers.command(project).without("LC_ALL").without("LANG");
        bare.run("init", "--postgres-url", servers.postgresUrl(), "--redis-url", servers.redisUrl()).expect(0);

        assertTrue(project.has("volumes/" + name + "/logs"));
        try (Database database = servers.database()) {
            String role = name.replace('-', '_') + "_adapter";
            assertEquals(63, role.length());
            assertEquals("1", database.ask("SELECT count(*) FROM pg_roles WHERE rolname = '%s'".formatted(role)));
        }
        bare.run("init", "--postgres-url", servers.postgresUrl(), "--redis-url", servers.redisUrl())
                .expect(0).prints("nothing to do");
        bare.with("LC_ALL", "xx_XX.UTF-8").run("derive", "--field", "schema").expect(0);
    }

    @Test
    void aNameThatIsTooLongIsToldBeforeAnythingIsTried() {
        Project project = new Project(folder).write("instances.yaml", """
                services: {exchange-simulator: {adapter: audit-data-adapter}}
                instances: {exchange-%s: {service: exchange-simulator}}
                """.formatted("x".repeat(60)));

        Ended ended = project.run("init").expect(2);
        ended.says("63");
        assertFalse(project.has(".provision"));
    }

    @Test
    void aFileWhereTheVolumesShouldBeFailsTheRunAndNothingIsHalfMade() {
        Servers servers = Servers.fresh();
        Project project = Project.exchanges(folder, "A").write("volumes", "a file");
        Ended ended = servers.command(project).run("init");

        assertTrue(List.of(1, 2, 7).contains(ended.exit()), ended::toString);
        assertTrue((ended.out() + ended.err()).contains("volumes"), ended::toString);
        ended.showsNoInside();
        try (Database database = servers.database()) {
            assertEquals("0", database.ask("SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'exchange%'"));
            assertEquals("0", database.ask("SELECT count(*) FROM pg_roles WHERE rolname = '%s_adapter'"
                    .formatted(project.schema("A"))));
        }
    }

    @Test
    void aSecondManifestIsLaidOverTheFirst() {
        Project project = Project.exchanges(folder, "A");
        String instance = project.instance("A");
        project.write("production.yaml", """
                instances:
                  %s: {schema: trading_floor}
                """.formatted(instance));

        Ended ended = project.run(
                "-f", "instances.yaml", "derive", instance, "--field", "schema", "-f", "production.yaml");
        assertEquals("trading_floor\n", ended.expect(0).out());
    }

    @Test
    void theManifestOfTheEnvironmentIsTheLastOneLookedFor() {
        Project project = Project.shipped(folder.resolve("there"));
        Project elsewhere = new Project(folder).write("empty.txt", "");

        assertEquals("exchange_okx\n", elsewhere.command()
                .with("PROVISION_MANIFEST", project.folder().resolve("instances.yaml").toString())
                .run("derive", "exchange-OKX", "--field", "schema").expect(0).out());
        elsewhere.run("validate").expect(2).prints("instances.yaml: error: there is no manifest");
    }

    @Test
    void theVolumesAloneNeedNoServer() {
        Project project = Project.exchanges(folder, "A");
        Ended ended = project.command().with("PROVISION_EMBEDDED", "never").run("init", "--only", "volumes").expect(0);

        ended.says("left out: postgres, redis; without PostgreSQL nothing is journaled");
        ended.prints("not journaled");
        assertTrue(project.has("volumes/" + project.instance("A") + "/data"));
        assertFalse(project.has(".provision"));
    }

    @Test
    void postgresAloneMakesNoFolderAndTheRestAloneCompletesIt() {
        Servers servers = Servers.fresh();
        Project project = Project.exchanges(folder, "A");
        Ended ended = project.command()
                .run("init", "--only", "postgres", "--postgres-url", servers.postgresUrl(), "--no-embedded").expect(0);

        ended.says("left out: redis, volumes");
        assertFalse(project.has("volumes"));

        servers.command(project).run("init", "--only=redis,volumes").expect(0);
        assertTrue(project.has("volumes/" + project.instance("A") + "/data"));
        servers.command(project).run("init").expect(0).prints("nothing to do");
    }

    @Test
    void namedInstancesAloneAreMade() {
        Servers servers = Servers.fresh();
        Project project = Project.exchanges(folder, "A", "B");
        String table = servers.command(project).run("init", project.instance("B")).expect(0).out();

        assertFalse(table.contains(project.instance("A")), table);
        assertFalse(project.has("volumes/" + project.instance("A")));
        JsonNode changes = servers.command(project).run("plan", "-o", "json").expect(0).json().get("changes");
        assertEquals(List.of(project.instance("A")), changes.findValuesAsText("instance").stream().distinct().toList());
    }

    @Test
    void quietIsTheResultAlone() {
        Servers servers = Servers.fresh();
        Project project = Project.exchanges(folder, "A");
        Ended ended = servers.command(project).run("-q", "init").expect(0);

        assertEquals("", ended.err());
        ended.prints("exchange-simulator");
    }

    @Test
    void everyLineOfAJsonLogIsADocument() {
        Servers servers = Servers.fresh();
        Project project = Project.exchanges(folder, "A");
        Ended ended = servers.command(project).with("ENVIRONMENT", "staging")
                .run("init", "-v", "--log-format", "json", "-o", "json").expect(0);

        ended.json();
        List<String> lines = ended.err().lines().toList();
        assertTrue(lines.size() > 10, ended::toString);
        for (String line : lines) {
            JsonNode entry = Ended.parse(line);
            assertEquals(List.of("time", "level", "message"), Ended.keys(entry).subList(0, 3));
            assertEquals("staging", entry.get("environment").asText());
        }
    }

    @Test
    void anErrorInAJsonLogIsADocumentToo() {
        Project project = Project.shipped(folder);
        Ended ended = project.run("init", "exchange-OKY", "--log-format", "json").expect(2);

        JsonNode entry = Ended.parse(ended.err().lines().reduce((one, other) -> other).orElseThrow());
        assertEquals(Map.of("level", "error", "remedy", "did you mean `exchange-OKX`?"),
                Map.of("level", entry.get("level").asText(), "remedy", entry.get("remedy").asText()));
    }

    @Test
    void coloursComeOnlyWhereTheyAreWanted() {
        Project project = Project.shipped(folder);
        String escape = "\u001b[";

        assertFalse(project.run("derive", "exchange-OKX", "--all-rules").out().contains(escape));
        assertTrue(project.run("validate", "--color", "always").out().contains(escape));
        assertFalse(project.command().with("NO_COLOR", "1").run("validate").out().contains(escape));
    }

    @Test
    void redisHoldsNothingOfTheToolAfterwards() {
        Servers servers = Servers.fresh();
        servers.command(Project.exchanges(folder, "A")).run("init").expect(0);

        try (Jedis redis = new Jedis(URI.create(servers.redisUrl()))) {
            assertEquals(0, redis.dbSize());
        }
    }

    @Test
    void itRunsThroughALinkFromAnyFolder() throws IOException {
        Path link = folder.resolve("provision");
        Files.createSymbolicLink(link, PackagedCommand.DISTRIBUTION.resolve("bin/provision"));
        Ended ended = new Project(folder).command().as(link.toString()).run("--version");
        Files.delete(link);

        assertTrue(ended.expect(0).out().startsWith("provision "));
    }

    @Test
    void theRepositorysScriptRunsWhatIsBuilt() {
        Project project = Project.shipped(folder);
        String script = Path.of("scripts/provision").toAbsolutePath().toString();

        assertEquals(project.run("derive").out(), project.command().as(script).run("derive").expect(0).out());
    }

    @Test
    void theOldScriptMakesTheFoldersAndNothingElse() {
        Project project = Project.shipped(folder);
        String script = Path.of("scripts/init-volumes.sh").toAbsolutePath().toString();

        project.command().as(script).run().expect(0).says("left out: postgres, redis");

        assertTrue(project.has("volumes/exchange-OKX/data"));
        assertFalse(project.has(".provision/embedded"));
    }
}
