package io.provision.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.Catalogs;
import io.provision.testing.TestEcosystem;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files that the project ships for audit-correlator. */
class AuditCorrelatorSqlTest {

    @TempDir
    private Path folder;

    private TestEcosystem ecosystem;

    @BeforeEach
    void manifest() {
        ecosystem = TestEcosystem.in(folder).manifest("""
                defaults:
                  readers: [readerNN]
                  password: {generate: "secrets/{instance}"}
                services:
                  audit-correlator:
                    sql: %s
                instances:
                  audit-correlator: {role: audit_roleNN, legacy_schemas: [audit_correlator]}
                """.formatted(Path.of("scripts/sql/audit-correlator").toAbsolutePath()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"audit", "audit_correlator"})
    void theHealthCheckAnswers(String schema) throws SQLException {
        ecosystem.init();

        try (Connection session = theRole()) {
            assertEquals(List.of(schema + " healthy audit-correlator 4 0"), ecosystem.query(session,
                    """
                    SELECT concat_ws(' ', h ->> 'schema', h ->> 'status', h ->> 'instance', h ->> 'tables',
                                     h ->> 'events')
                    FROM %s.health_check() AS h
                    """.formatted(schema)));
        }
    }

    @Test
    void theEventsHaveTheirSevenIndexes() {
        ecosystem.init();

        assertEquals(
                List.of("(correlation_id)", "(event_id)", "(event_type)", "(id)", "(service_name)", "(\"timestamp\")",
                        "(trace_id)").stream().sorted().toList(),
                ecosystem.query("""
                        SELECT substring(indexdef from '\\(.*\\)')
                        FROM pg_indexes
                        WHERE schemaname = 'audit'
                          AND tablename = 'audit_events'
                        """).stream().sorted().toList());
    }

    @Test
    void anUpdateMovesUpdatedAt() throws SQLException {
        ecosystem.init();

        try (Connection session = theRole(); Statement statement = session.createStatement()) {
            statement.execute("""
                    INSERT INTO audit_events (event_id, service_name, event_type, updated_at)
                    VALUES ('1', 'test', 'made', '2001-01-01')
                    """);
            statement.execute("UPDATE audit_events SET event_type = 'changed'");
            assertEquals(List.of("t"), ecosystem.query(session, "SELECT updated_at > '2001-01-02' FROM audit_events"));
        }
    }

    @Test
    void theReaderReadsWhatTheFilesMade() {
        ecosystem.init();

        assertEquals(List.of("t"), ecosystem.query("""
                SELECT bool_and(has_table_privilege('readerNN', c.oid, 'SELECT'))
                FROM pg_class c
                WHERE c.relnamespace = 'audit'::regnamespace
                  AND c.relkind = 'r'
                """));
    }

    @Test
    void aCorrelationRefersToEventsThatAreThere() {
        ecosystem.init();

        assertEquals(
                List.of("FOREIGN KEY (source_event_id) REFERENCES audit.audit_events(event_id)",
                        "FOREIGN KEY (target_event_id) REFERENCES audit.audit_events(event_id)"),
                ecosystem.query("""
                        SELECT pg_get_constraintdef(oid)
                        FROM pg_constraint
                        WHERE conrelid = 'audit.audit_correlations'::regclass
                          AND contype = 'f'
                        ORDER BY 1
                        """));
    }

    @Test
    void eventsThatStoodBeforeWithOtherColumnsAreLeftAlone() throws SQLException {
        ecosystem.execute("""
                CREATE ROLE audit_roleNN LOGIN;
                CREATE SCHEMA audit AUTHORIZATION audit_roleNN;
                CREATE TABLE audit.audit_events (key bigint, payload text);
                ALTER TABLE audit.audit_events OWNER TO audit_roleNN;
                INSERT INTO audit.audit_events VALUES (1, 'from before')
                """);
        Catalogs before = ecosystem.catalogs().about("audit_events");

        ecosystem.init();

        assertEquals(
                ecosystem.numbered("[relation audit.audit_events: SELECT to readerNN by audit_roleNN]"),
                ecosystem.catalogs().about(" audit.audit_events").since(before).toString());
        assertTrue(ecosystem.catalogs().facts().containsAll(before.facts()));
        assertEquals(List.of("from before"), ecosystem.query("SELECT payload FROM audit.audit_events"));
        assertEquals(List.of("4"), ecosystem.query("SELECT audit.health_check() ->> 'tables'"));
    }

    private Connection theRole() throws SQLException {
        return ecosystem.connectAs("audit_roleNN", "audit-correlator");
    }
}
