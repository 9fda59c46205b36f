package io.provision.postgres;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.provision.testing.TestEcosystem;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an instance has after {@code init}, seen with the eyes of those who use it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProvisionedInstanceTest {

    private TestEcosystem ecosystem;

    @BeforeAll
    void init(@TempDir Path folder) {
        ecosystem = TestEcosystem.in(folder).manifest("""
                defaults:
                  readers: [readerNN]
                  password: {generate: "secrets/{instance}"}
                services:
                  exchange-simulator: {}
                  custodian-simulator: {}
                instances:
                  exchange-okxNN: {service: exchange-simulator, legacy_schemas: [old_okxNN]}
                  custodian-komainuNN: {service: custodian-simulator}
                """);
        ecosystem.init();
    }

    @Test
    void theRoleMayLogInAndNothingElse() {
        assertEquals(List.of("(t,t,f,f,f,f,f,-1)"), ecosystem.query("""
                SELECT (rolcanlogin, rolinherit, rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls,
                        rolconnlimit)
                FROM pg_roles
                WHERE rolname = 'exchange_okxNN_adapter'
                """));
    }

    @Test
    void theServerKeepsAVerifierOfThePassword() {
        assertEquals(List.of("SCRAM-SHA-256$4096"), ecosystem.query(
                "SELECT split_part(rolpassword, ':', 1) FROM pg_authid WHERE rolname = ?", "exchange_okxNN_adapter"));
    }

    @Test
    void theRoleLogsInWithItsGeneratedPasswordAndFindsItsSchemasFirst() throws SQLException {
        try (Connection session = theRole()) {
            assertEquals(
                    List.of(ecosystem.numbered("exchange_okxNN old_okxNN public")),
                    ecosystem.query(session, "SELECT array_to_string(current_schemas(false), ' ')"));
        }
    }

    @Test
    void theRoleOwnsItsSchemas() {
        assertEquals(
                List.of(ecosystem.numbered("exchange_okxNN_adapter"), ecosystem.numbered("exchange_okxNN_adapter")),
                ecosystem.query("SELECT nspowner::regrole FROM pg_namespace WHERE nspname IN (?, ?)",
                        "exchange_okxNN", "old_okxNN"));
    }

    @Test
    void schemaAndRoleTellWhoMadeThem() {
        String mark = ecosystem.numbered("provision: ecosystem=test instance=exchange-okxNN database=")
                + ecosystem.database();

        assertEquals(List.of(mark), ecosystem.query(
                "SELECT obj_description(oid, 'pg_namespace') FROM pg_namespace WHERE nspname = ?", "exchange_okxNN"));
        assertEquals(List.of(mark), ecosystem.query(
                "SELECT shobj_description(oid, 'pg_authid') FROM pg_roles WHERE rolname = ?",
                "exchange_okxNN_adapter"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"exchange_okxNN", "old_okxNN"})
    void publicMayNotEvenLookIntoASchema(String schema) {
        assertEquals(List.of("f"), ecosystem.query("""
                SELECT EXISTS (
                  SELECT
                  FROM pg_namespace n, aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) a
                  WHERE n.nspname = ?
                    AND a.grantee = 0
                )
                """, schema));
    }

    @Test
    void aTableAndASequenceThatTheRoleMakesCanBeReadByTheReader() throws SQLException {
        try (Connection session = theRole(); Statement statement = session.createStatement()) {
            statement.execute("CREATE TABLE orders (id serial, what text)");
            statement.execute("INSERT INTO orders (what) VALUES ('a thing')");
        }

        assertEquals(List.of("a thing"), asReader("SELECT what FROM exchange_okxNN.orders"));
        assertEquals(List.of("1"), asReader("SELECT last_value FROM exchange_okxNN.orders_id_seq"));
    }

    @Test
    void aTableAndASequenceThatTheAdminMakesCanBeReadByTheReader() {
        ecosystem.execute("""
                CREATE TABLE old_okxNN.by_admin (id serial, what text);
                INSERT INTO old_okxNN.by_admin (what) VALUES ('another')
                """);

        assertEquals(List.of("another"), asReader("SELECT what FROM old_okxNN.by_admin"));
        assertEquals(List.of("1"), asReader("SELECT last_value FROM old_okxNN.by_admin_id_seq"));
    }

    @Test
    void theReaderWritesNothing() throws SQLException {
        try (Connection session = theRole(); Statement statement = session.createStatement()) {
            statement.execute("CREATE TABLE closed (id integer)");
        }

        assertAll(
                () -> assertDenied(() -> asReader("INSERT INTO exchange_okxNN.closed VALUES (1) RETURNING 1")),
                () -> assertDenied(() -> asReader("DELETE FROM exchange_okxNN.closed RETURNING 1")));
        assertEquals(List.of("f"), ecosystem.query(
                "SELECT has_schema_privilege(?, 'exchange_okxNN', 'CREATE')", "readerNN"));
    }

    @Test
    void anotherInstancesRoleSeesNothingOfIt() throws SQLException {
        try (Connection session = theRole(); Statement statement = session.createStatement()) {
            statement.execute("CREATE TABLE secret (id serial)");
            statement.execute("CREATE FUNCTION tell() RETURNS integer LANGUAGE sql AS 'SELECT 1'");
        }
        try (Connection other = ecosystem.connectAs("custodian_komainuNN_adapter", "custodian-komainuNN")) {
            for (String sql : List.of(
                    "SELECT * FROM exchange_okxNN.secret",
                    "SELECT nextval('exchange_okxNN.secret_id_seq')",
                    "SELECT exchange_okxNN.tell()")) {
                assertDenied(() -> ecosystem.query(other, sql));
            }
            assertEquals(List.of("f"), ecosystem.query(
                    other, "SELECT has_schema_privilege(?, 'USAGE')", "exchange_okxNN"));
        }
    }

    private Connection theRole() throws SQLException {
        return ecosystem.connectAs("exchange_okxNN_adapter", "exchange-okxNN");
    }

    private List<String> asReader(String sql) {
        try (Connection session = ecosystem.connect(); Statement statement = session.createStatement()) {
            statement.execute(ecosystem.numbered("SET ROLE readerNN"));
            return ecosystem.query(session, sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e.getSQLState(), e);
        }
    }

    private static void assertDenied(Executable access) {
        Exception refused = assertThrows(Exception.class, access);
        SQLException e = (SQLException) (refused instanceof SQLException ? refused : refused.getCause());
        assertEquals("42501", e.getSQLState(), e.getMessage());
    }
}
