package io.provision.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.TestEcosystem;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the journal is to stand, and something stands already. */
class JournalSchemaTest {

    @TempDir
    private Path folder;

    private TestEcosystem ecosystem;

    @BeforeEach
    void write() {
        ecosystem = TestEcosystem.in(folder).manifest("""
                services:
                  exchange-simulator: {}
                instances:
                  exchange-journalNN: {service: exchange-simulator}
                """);
    }

    @Test
    void anEmptySchemaIsTaken() {
        ecosystem.execute("CREATE SCHEMA provision");

        ecosystem.init();

        assertEquals(List.of("done"), ecosystem.query("SELECT outcome FROM provision.run_outcomes"));
    }

    @Test
    void aSchemaThatHoldsSomethingElseIsRefusedAndLeftAlone() {
        ecosystem.execute("CREATE SCHEMA provision; CREATE TABLE provision.changes (what text)");

        TestEcosystem.Ran init = ecosystem.run("init");

        assertEquals(7, init.exitCode(), init::toString);
        assertTrue(
                init.err().contains("the schema provision is to hold the journal, and holds something else: changes"),
                init::toString);
        assertTrue(init.err().contains("postgres.journal_schema"), init::toString);
        assertEquals(List.of("changes"), ecosystem.query("""
                SELECT relname
                FROM pg_class
                WHERE relnamespace = 'provision'::regnamespace
                """));
    }

    @Test
    void aLoginThatMayNotWriteThereIsToldTheGrant() {
        ecosystem.init();
        String login = ecosystem.provisioningLogin().name();
        ecosystem.manifest("""
                services:
                  exchange-simulator: {}
                instances:
                  exchange-journalNN: {service: exchange-simulator}
                  exchange-moreNN: {service: exchange-simulator}
                """);

        TestEcosystem.Ran init = ecosystem.run("init", ecosystem.numbered("exchange-moreNN"));

        assertEquals(7, init.exitCode(), init::toString);
        assertTrue(
                init.err().contains("GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA \"provision\" TO \"" + login + "\""),
                init::toString);
    }
}
