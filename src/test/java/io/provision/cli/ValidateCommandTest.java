package io.provision.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidateCommandTest {

    @TempDir
    private Path folder;

    private static final String FAULTY = """
            services: {cache-service: {shema: x}}
            instances:
              cache-A: {owner: somebody}
              nothing-B: {}
            """;

    @ParameterizedTest
    @CsvSource({
        "text, faulty.txt",
        "json, faulty.json",
        "yaml, faulty.yaml",
    })
    void allFaultsAreToldAtOnceWithPlaceAndRemedy(String format, String golden) throws IOException {
        CommandRun.manifest(folder, FAULTY);

        CommandRun run = CommandRun.in(folder, "validate", "-o", format);

        assertEquals(2, run.code());
        assertEquals("", run.err());
        Golden.assertSame("validate/" + golden, run.out());
    }

    @Test
    void warningsAreNoErrorsUnlessItIsStrict() throws IOException {
        CommandRun.shipManifest(folder);

        CommandRun run = CommandRun.in(folder, "validate");
        CommandRun strict = CommandRun.in(folder, "validate", "--strict");

        assertEquals(0, run.code());
        assertTrue(run.out().endsWith("no errors, 3 warnings in 7 instances\n"), run.out());
        assertEquals(2, strict.code());
        assertTrue(strict.out().endsWith("3 errors, no warnings in 7 instances\n"), strict.out());
    }

    @Test
    void aManifestDoesNotWriteOnTheTerminalOfWhoValidatesIt() throws IOException {
        CommandRun.manifest(folder, "instances: {exchange-OKX: {service: \"\\e[2Jx\"}}\n");

        CommandRun run = CommandRun.in(folder, "validate");

        assertTrue(run.out().contains("`?[2Jx`"), run.out());
    }

    @Test
    void inGithubActionsFaultsStandBesideTheirLines() throws IOException {
        CommandRun.manifest(folder, "instances: {exchange-OKX: {service: 7}}\n");

        CommandRun run = CommandRun.in(folder, Map.of("GITHUB_ACTIONS", "true"), "validate", "-o", "json");
        CommandRun plan = CommandRun.in(folder, Map.of("GITHUB_ACTIONS", "true"), "plan");

        assertTrue(run.out().startsWith("{"), run.out());
        assertTrue(run.err().contains("\n::error file=instances.yaml,line=4,col=37::"), run.err());
        assertEquals(run.err(), plan.err());
    }

    @Test
    void aFolderOfSqlThatIsMissingIsTold() throws IOException {
        CommandRun.manifest(folder, """
                services: {cache-service: {sql: no/such/folder}}
                instances: {cache-A: {}}
                """);

        CommandRun run = CommandRun.in(folder, "validate");

        assertEquals(2, run.code());
        assertTrue(run.out().contains("error: the folder of `sql:` cannot be read: no such file or folder"), run.out());
    }

    @Test
    void connectionsThatCannotBeAreErrorsBesideTheirLines() throws IOException {
        CommandRun.manifest(folder, """
                services: {cache-service: {}}
                instances: {cache-A: {}}
                """);
        Path production = folder.resolve("production.yaml");
        Files.writeString(production, """
                postgres: {url: "postgresql://me:SEC/RET@h/db"}
                redis:
                  url: redis://me:SEC/RET@h
                """);

        CommandRun run = CommandRun.in(
                folder, "validate", "-f", folder.resolve("instances.yaml").toString(), "-f", production.toString());

        assertEquals(2, run.code());
        assertTrue(run.out().contains("production.yaml:1:17: error: `postgres.url` cannot be used"), run.out());
        assertTrue(run.out().contains("production.yaml:3:8: error: `redis.url` cannot be used"), run.out());
        assertFalse(run.out().contains("SEC") || run.out().contains("RET"), run.out());
    }

    @Test
    void embeddedServersThatAreForbiddenAreAnError() throws IOException {
        CommandRun.shipManifest(folder);

        CommandRun run = CommandRun.in(folder, "validate", "--no-embedded");

        assertEquals(2, run.code());
        assertTrue(run.out().contains("PostgreSQL would be the embedded one, and that is forbidden here"), run.out());
    }

    @Test
    void aMisspeltAdapterHidesNoOtherFault() throws IOException {
        CommandRun.manifest(folder, """
                services: {cache-service: }
                instances:
                  cache-A: {adapter: audit-data-adaptr, schema: order}
                  cache-B: {adapter: component, schema: select}
                """);

        CommandRun run = CommandRun.in(folder, "validate");

        assertTrue(run.out().contains("audit-data-adaptr"), run.out());
        assertTrue(run.out().contains("schema `order` is a reserved key word"), run.out());
        assertTrue(run.out().contains("schema `select` is a reserved key word"), run.out());
    }

    @ParameterizedTest
    @CsvSource({
        "text, effective.txt",
        "json, effective.json",
    })
    void theCascadeIsShownWithWhereEachValueCameFrom(String format, String golden) throws IOException {
        CommandRun.manifest(folder, """
                defaults: {readers: [monitor_user], password: {generate: "secrets/{instance}"}}
                services: {cache-service: {protect: true}}
                instances: {cache-A: {ports: {http: 8081}}}
                """);

        CommandRun run = CommandRun.in(folder, "validate", "--effective", "-o", format);

        assertEquals(0, run.code());
        assertEquals("", run.err());
        Golden.assertSame("validate/" + golden, run.out());
    }

    @Test
    void whatIsWrongIsToldInsteadOfTheCascade() throws IOException {
        CommandRun.manifest(folder, FAULTY);

        assertEquals(CommandRun.in(folder, "validate"), CommandRun.in(folder, "validate", "--effective"));
    }
}
