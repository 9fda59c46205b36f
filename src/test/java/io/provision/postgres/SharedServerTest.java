package io.provision.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.Catalogs;
import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that are somebody else's, that several share, or that are as long as they can be. */
class SharedServerTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {
        "provision: ecosystem=test instance=exchange-okxNN database=another",
        "provision: ecosystem=other instance=exchange-okxNN database=the_database",
    })
    void aRoleThatWasMadeForSomethingElseIsNotAdopted(String mark) {
        TestEcosystem ecosystem = ecosystem("exchange-okxNN: {service: exchange-simulator}");
        ecosystem.execute("CREATE ROLE exchange_okxNN_adapter; COMMENT ON ROLE exchange_okxNN_adapter IS '%s'"
                .formatted(mark.replace("the_database", ecosystem.database())));
        Catalogs before = ecosystem.catalogs();

        Ran init = ecosystem.run("init");

        assertEquals(7, init.exitCode(), init::toString);
        assertTrue(init.err().contains("role exchange_okx") && init.err().contains("was made for"), init::toString);
        assertEquals(before, ecosystem.catalogs());
        assertFalse(ecosystem.stands("volumes"));
    }

    @Test
    void namesMayHave63Bytes() {
        String schema = "s".repeat(58) + "NN";
        String role = "r".repeat(58) + "NN";
        TestEcosystem ecosystem = ecosystem("exchange-okxNN: {service: exchange-simulator, schema: %s, role: %s, "
                .formatted(schema, role) + "adapter: market-data-adapter, sql: sql}");
        ecosystem.file("sql/V1__things.sql", "CREATE TABLE things (id integer)");

        ecosystem.init();

        assertEquals(List.of("63 63"), ecosystem.query("""
                SELECT length(nspname) || ' ' || length(nspowner::regrole::text)
                FROM pg_namespace
                WHERE nspname = ?
                """, schema));
        ecosystem.assertNothingToDo();
    }

    @Test
    void twoInstancesWithOneRoleHaveBothSchemasInItsSearchPath() {
        TestEcosystem ecosystem = ecosystem("""
                exchange-okxNN: {service: exchange-simulator, role: sharedNN}
                  exchange-binanceNN: {service: exchange-simulator, role: sharedNN}
                """);

        ecosystem.init();

        assertEquals(
                List.of(ecosystem.numbered("search_path=exchange_binanceNN, exchange_okxNN, public")),
                ecosystem.query(
                        "SELECT unnest(setconfig) FROM pg_db_role_setting WHERE setrole = 'sharedNN'::regrole"));
        ecosystem.assertNothingToDo();
    }

    @Test
    void publicIsUsedAsItIsWhereAnInstanceSaysSo() {
        TestEcosystem ecosystem = ecosystem("exchange-okxNN: {service: exchange-simulator, schema: public, "
                + "role: publicNN, adapter: market-data-adapter, sql: sql}");
        ecosystem.file("sql/V1__note.sql", "DO 'BEGIN PERFORM 1; END'");
        Catalogs before = ecosystem.catalogs();

        ecosystem.init();

        assertEquals(
                Stream.of(
                                "default S of publicNN in public: SELECT to readerNN by publicNN",
                                "default r of publicNN in public: SELECT to readerNN by publicNN",
                                "setting of publicNN: search_path=public")
                        .map(ecosystem::numbered)
                        .toList(),
                ecosystem.catalogs().since(before).stream()
                        .filter(fact -> !fact.contains("role "))
                        .toList());
        ecosystem.assertNothingToDo();
    }

    @Test
    void whatTheAdminOwnsTheRoleMayUse() {
        TestEcosystem ecosystem = ecosystem("exchange-okxNN: {service: exchange-simulator, owner: admin, sql: sql}");
        ecosystem.file("sql/V1__things.sql", """
                CREATE TABLE things (id serial);
                CREATE FUNCTION tell() RETURNS integer LANGUAGE sql AS 'SELECT 1';
                REVOKE EXECUTE ON FUNCTION tell FROM PUBLIC;
                """);

        ecosystem.init();

        assertEquals(List.of("(postgres,t,t,t,t,t)"), ecosystem.query("""
                SELECT (n.nspowner::regrole::text,
                        has_schema_privilege(r.oid, n.oid, 'CREATE'),
                        has_table_privilege(r.oid, 'exchange_okxNN.things', 'TRUNCATE'),
                        has_sequence_privilege(r.oid, 'exchange_okxNN.things_id_seq', 'USAGE'),
                        has_function_privilege(r.oid, 'exchange_okxNN.tell()', 'EXECUTE'),
                        has_table_privilege('readerNN', 'exchange_okxNN.things', 'SELECT'))
                FROM pg_namespace n, pg_roles r
                WHERE n.nspname = 'exchange_okxNN'
                  AND r.rolname = 'exchange_okxNN_adapter'
                """));
        ecosystem.assertNothingToDo();
    }

    private TestEcosystem ecosystem(String instances) {
        return TestEcosystem.in(folder).manifest("""
                defaults: {readers: [readerNN]}
                services:
                  exchange-simulator: {}
                instances:
                  %s
                """.formatted(instances.strip()));
    }
}
