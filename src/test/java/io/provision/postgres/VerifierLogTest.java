package io.provision.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.TestEcosystem;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server at {@code log_statement = all} writes down of a password. */
class VerifierLogTest {

    @TempDir
    private Path folder;

    @Test
    void aSuperusersRunLeavesNotEvenTheVerifierInTheLog() {
        TestEcosystem ecosystem = TestEcosystem.in(folder).manifest("""
                defaults:
                  password: {generate: "secrets/{instance}"}
                services:
                  exchange-simulator: {}
                instances:
                  exchange-quietNN: {service: exchange-simulator}
                """);
        long mark = ecosystem.postgres().mark();

        ecosystem.init();

        String log = ecosystem.postgres().logSince(mark);
        assertEquals(
                List.of("SCRAM-SHA-256"),
                ecosystem.query("SELECT split_part(rolpassword, '$', 1) FROM pg_authid "
                        + "WHERE rolname = 'exchange_quietNN_adapter'"));
        assertTrue(log.contains("CREATE SCHEMA"), "the log has the run's other statements");
        assertFalse(log.contains("SCRAM-SHA-256$"), log);
    }

    @Test
    void ofOneThatFailsTheLogHasItsOwnTextAndNotThatOfASecretBesideIt() {
        TestEcosystem ecosystem = TestEcosystem.in(folder);
        try (Session session = PlainPostgres.at(ecosystem.postgresUrl()).open()) {
            session.begin();
            session.execute("SET LOCAL log_statement = 'none'; SET LOCAL log_min_error_statement = 'error'");
            long mark = ecosystem.postgres().mark();

            assertThrows(DatabaseFailure.class, () -> session.executeAll(
                    List.of("SELECT 'in confidence'", "SELECT 'in public', 1 / 0"), List.of("SELECT …", "SELECT …")));

            String log = ecosystem.postgres().logSince(mark);
            assertTrue(log.contains("in public"), log);
            assertFalse(log.contains("in confidence"), log);
        }
    }
}
