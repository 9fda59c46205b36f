package io.provision.journal;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import io.provision.testing.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the journal tells, to whom, and what it never tells. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JournalTest {

    private TestEcosystem ecosystem;
    private TestPostgres.Login login;
    private long mark;
    private Ran init;

    @BeforeAll
    void init(@TempDir Path folder) {
        ecosystem = TestEcosystem.in(folder)
                .file("sql/V1__things.sql", "CREATE TABLE things (id integer); CREATE TABLE more (id integer);")
                .file("sql/V2__fewer.sql", "DROP TABLE more; ALTER TABLE things ADD COLUMN what text;")
                .manifest("""
                        defaults:
                          readers: {readerNN: {password: {generate: secrets/reader}}}
                          password: {generate: "secrets/{instance}"}
                        services:
                          exchange-simulator: {sql: sql}
                        instances:
                          exchange-okxNN: {service: exchange-simulator}
                        """);
        login = ecosystem.provisioningLogin();
        mark = ecosystem.postgres().mark();
        init = ecosystem.init("-v");
    }

    @Test
    void tellsWhatWasDoneAndWhatUndoesIt() {
        assertEquals(
                List.of(ecosystem.numbered("CREATE SCHEMA \"exchange_okxNN\" AUTHORIZATION \"exchange_okxNN_adapter\";")
                        + " | " + ecosystem.numbered("DROP SCHEMA \"exchange_okxNN\";")),
                ecosystem.query("""
                        SELECT split_part(forward, E'\\n', 1) || ' | ' || inverse
                        FROM provision.changes
                        WHERE kind = 'schema'
                        """));
        assertEquals(List.of("0"), ecosystem.query(
                "SELECT count(*) FROM provision.changes WHERE forward = '' OR inverse = '' OR reason = ''"));
    }

    @Test
    void tellsWhoRanWhatFromWhichManifest() throws Exception {
        byte[] manifest = Files.readAllBytes(ecosystem.folder().resolve("instances.yaml"));
        String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(manifest));

        assertEquals(List.of("init tester here %s test %s done".formatted(login.name(), sha256)), ecosystem.query("""
                SELECT concat_ws(' ', r.command, r.os_user, r.host, r.login, r.ecosystem, r.manifest_sha256, o.outcome)
                FROM provision.runs r
                JOIN provision.run_outcomes o USING (run)
                WHERE r.version <> ''
                """));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "V1__things.sql | MADE    | exchange_okxNN.things",
        "V1__things.sql | MADE    | exchange_okxNN.more",
        "V2__fewer.sql  | CHANGED | exchange_okxNN.things",
        "V2__fewer.sql  | DROPPED | exchange_okxNN.more",
    })
    void tellsWhatAFileDid(String file, String kind, String table) {
        assertEquals(List.of("table"), ecosystem.query(
                """
                SELECT e ->> 'type'
                FROM provision.changes, jsonb_array_elements(effects) AS e
                WHERE target LIKE ?
                  AND e ->> 'kind' = ?
                  AND e ->> 'identity' = ?
                """,
                file + " in %", kind, table));
    }

    @Test
    void tellsOfNothingThatTheToolNeededForItself() {
        assertEquals(List.of("0"), ecosystem.query(
                "SELECT count(*) FROM provision.changes WHERE effects::text LIKE '%provision\\_%'"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"runs", "run_outcomes", "intents", "intent_outcomes", "changes"})
    void takesNothingBack(String table) throws SQLException {
        try (Connection session = ecosystem.connect(); Statement statement = session.createStatement()) {
            for (String sql : List.of("UPDATE provision.%s SET run = run", "DELETE FROM provision.%s",
                    "TRUNCATE provision.%s CASCADE")) {
                SQLException refused =
                        assertThrows(SQLException.class, () -> statement.execute(sql.formatted(table)), sql);
                assertTrue(refused.getMessage().contains("append-only"), refused::getMessage);
            }
        }
    }

    @Test
    void isReadByTheLoginAlone() {
        assertEquals(List.of(login.name()), ecosystem.query("""
                SELECT DISTINCT r.rolname
                FROM pg_roles r
                JOIN pg_class c ON c.relnamespace = 'provision'::regnamespace AND c.relkind = 'r'
                WHERE NOT r.rolsuper
                  AND r.rolname NOT LIKE 'pg\\_%'
                  AND (has_table_privilege(r.oid, c.oid, 'SELECT')
                       OR has_schema_privilege(r.oid, c.relnamespace, 'USAGE'))
                """));
    }

    @Test
    void noPasswordIsInAnyLogOrOutput() {
        String log = ecosystem.postgres().logSince(mark);
        String journal = journal();

        assertAll(List.of("secrets/exchange-okxNN", "secrets/reader").stream().map(file -> () -> {
            String password = ecosystem.read(file);
            assertTrue(password.length() >= 16, file);
            assertFalse(log.contains(password), "the server's log");
            assertFalse(journal.contains(password), "the journal");
            assertFalse(init.toString().contains(password), "the output");
        }));
    }

    @Test
    void noVerifierIsInTheJournalOrTheOutput() {
        assertTrue(ecosystem.postgres().logSince(mark).contains("SCRAM-SHA-256$"), "one was sent");
        assertFalse(journal().contains("SCRAM-SHA-256"));
        assertFalse(init.toString().contains("SCRAM-SHA-256"), init::toString);
        assertTrue(init.err().contains(ecosystem.numbered("CREATE ROLE \"exchange_okxNN_adapter\" LOGIN")),
                init::toString);
    }

    private String journal() {
        return String.join("\n", ecosystem.query("""
                SELECT r::text FROM provision.runs r
                UNION ALL SELECT i::text FROM provision.intents i
                UNION ALL SELECT o::text FROM provision.intent_outcomes o
                UNION ALL SELECT c::text FROM provision.changes c
                """));
    }
}
