package io.provision.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.Golden;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GrantsCommandTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void aManifest() throws IOException {
        CommandRun.manifest(folder, """
                defaults: {password: {generate: "secrets/{instance}"}}
                services: {cache-service: {migrate: {tables: [events, log_*]}}}
                instances: {cache-A: {}}
                """);
    }

    @ParameterizedTest
    @CsvSource({
        "text, grants.txt",
        "json, grants.json",
        "sql,  grants.sql",
    })
    void printsWhatTheLoginNeedsInEveryForm(String format, String golden) throws IOException {
        CommandRun run = CommandRun.in(folder, "grants", "provisioner", "-o", format);

        assertEquals(0, run.code());
        assertEquals("", run.err());
        Golden.assertSame("grants/" + golden, run.out());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            public      | PostgreSQL keeps the name `public` for itself
            none        | PostgreSQL keeps the name `none` for itself
            pg_deployer | PostgreSQL keeps the name `pg_deployer` for itself
            default     | `default` is who everybody is in Redis before logging in
            """)
    void aLoginThatNoServerTakesOrThatIsEverybodyIsRefused(String login, String why) {
        CommandRun run = CommandRun.in(folder, "grants", login);

        assertEquals(2, run.code());
        assertEquals("", run.out());
        assertTrue(run.err().contains(why), run.err());
    }

    @Test
    void aNameIsRefusedOnlyWhereItsServerIsMeant() {
        assertEquals(0, CommandRun.in(folder, "grants", "default", "--only", "postgres").code());
        assertEquals(0, CommandRun.in(folder, "grants", "default", "-o", "sql").code());
        assertEquals(0, CommandRun.in(folder, "grants", "public", "--only", "redis").code());
    }

    @Test
    void oneStoreAloneIsPrintedAlone() {
        assertFalse(CommandRun.in(folder, "grants", "provisioner", "--only", "redis").out().contains("GRANT"));
        assertFalse(CommandRun.in(folder, "--only", "postgres", "grants", "provisioner").out().contains("SETUSER"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "postgres://me:pw@host:5432/trading%20data",
        "postgresql+asyncpg://host1,host2/trading%20data?target_session_attrs=primary",
        "jdbc:postgresql://host/trading%20data",
        "jdbc:postgresql:trading%20data",
    })
    void theDatabaseIsTheUrls(String url) {
        CommandRun run = CommandRun.in(folder, "grants", "provisioner", "--postgres-url", url);

        assertTrue(run.out().contains("GRANT CONNECT, CREATE ON DATABASE \"trading data\" TO \"provisioner\";"),
                run.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"two words", "quo'te", "back\\slash", ""})
    void aNameThatNoLoginCanHaveIsRefused(String login) {
        assertEquals(2, CommandRun.in(folder, "grants", login).code());
    }
}
