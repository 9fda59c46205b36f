package io.provision.rollback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.Catalogs;
import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What another hand did between {@code init} and {@code rollback}: each is answered as the spec says. */
@Timeout(60)
class ChangedSinceTest {

    @TempDir
    private Path folder;

    private TestEcosystem ecosystem;
    private Catalogs before;

    @BeforeEach
    void init() {
        ecosystem = TestEcosystem.in(folder)
                .file("sql/V1__trades.sql", "CREATE TABLE trades (id serial); CREATE TABLE fills (id integer)")
                .file("sql/V2__orders.sql", "CREATE TABLE orders (id integer)")
                .manifest("""
                        defaults: {readers: [readerNN], volumes: {root: ./volumes}}
                        services:
                          exchange-simulator: {sql: sql}
                        instances:
                          exchange-okxNN: {service: exchange-simulator}
                        """);
        before = ecosystem.catalogs();
        ecosystem.init();
    }

    @Test
    void aTableWithRowsIsKeptWithItsSchemaAndItsRole() {
        ecosystem.execute("INSERT INTO exchange_okxNN.trades VALUES (1)");

        Ran rollback = ecosystem.rollback();

        assertEquals(List.of("1"), ecosystem.query("SELECT id FROM exchange_okxNN.trades"));
        assertTrue(rollback.out().contains(ecosystem.numbered(
                "kept: sql file V1__trades.sql in exchange_okxNN of exchange-okxNN: the table exchange_okxNN.trades "
                        + "has rows (--discard-data drops them)")), rollback::toString);
        assertTrue(rollback.out().contains("kept: schema exchange_okx"), rollback::toString);
        assertTrue(rollback.out().contains("kept: role exchange_okx"), rollback::toString);
        assertEquals(List.of(), ecosystem.query("SELECT to_regclass('exchange_okxNN.orders') WHERE to_regclass("
                + "'exchange_okxNN.orders') IS NOT NULL"));
        assertEquals(List.of(ecosystem.numbered("search_path=exchange_okxNN, public").replace(", ", ", ")),
                ecosystem.query("SELECT replace(unnest(setconfig), '\"', '') FROM pg_db_role_setting "
                        + "WHERE setrole = 'exchange_okxNN_adapter'::regrole"));
    }

    @Test
    void initGoesOnFromWhatWasKept() {
        ecosystem.execute("INSERT INTO exchange_okxNN.trades VALUES (1)");
        ecosystem.run("rollback", "--yes");

        ecosystem.init();

        ecosystem.assertNothingToDo();
        assertEquals(List.of("0"), ecosystem.query("SELECT count(*) FROM exchange_okxNN.orders"));
        ecosystem.execute("TRUNCATE exchange_okxNN.trades");
        ecosystem.rollback();
        assertEquals(before, ecosystem.catalogs());
    }

    @Test
    void whatWasKeptGoesWhenTheRowsHaveGone() {
        ecosystem.execute("INSERT INTO exchange_okxNN.trades VALUES (1)");
        ecosystem.run("rollback", "--yes");
        ecosystem.execute("TRUNCATE exchange_okxNN.trades");

        ecosystem.rollback();

        assertEquals(before, ecosystem.catalogs());
    }

    @Test
    void dataIsDiscardedWhenThatIsSaid() {
        ecosystem.execute("INSERT INTO exchange_okxNN.trades VALUES (1)");

        ecosystem.rollback("--discard-data");

        assertEquals(before, ecosystem.catalogs());
    }

    @Test
    void aTableOfTheServicesOwnStaysAndItsReaderGoes() {
        ecosystem.execute("SET ROLE exchange_okxNN_adapter; CREATE TABLE exchange_okxNN.own (id serial)");
        assertEquals(List.of("t"), ecosystem.query("SELECT has_table_privilege(?, 'exchange_okxNN.own', 'SELECT')",
                "readerNN"));

        ecosystem.rollback();

        assertEquals(Set.of(), Set.copyOf(before.since(ecosystem.catalogs())));
        assertEquals(
                ecosystem.numbered("exchange_okxNN exchange_okxNN.own exchange_okxNN_adapter").split(" ").length,
                3);
        assertEquals(List.of("own"), ecosystem.query(
                "SELECT relname FROM pg_class WHERE relnamespace = 'exchange_okxNN'::regnamespace AND relkind = 'r'"));
        assertEquals(List.of(), ecosystem.query("SELECT rolname FROM pg_roles WHERE rolname = ?", "readerNN"));
        assertEquals(List.of("1"), ecosystem.query(
                "SELECT count(*) FROM pg_roles WHERE rolname = ?", "exchange_okxNN_adapter"));
        assertEquals(List.of("t"), ecosystem.query(
                "SELECT relacl IS NULL OR relacl::text NOT LIKE '%reader%' FROM pg_class WHERE oid = ?::regclass",
                "exchange_okxNN.own"));
        ecosystem.init();
        ecosystem.assertNothingToDo();
    }

    @Test
    void aGrantThatWasRevokedIsToldOnceAndSkipped() {
        ecosystem.execute("REVOKE USAGE ON SCHEMA exchange_okxNN FROM readerNN");

        Ran rollback = ecosystem.run("rollback", "--yes");

        assertEquals(1, rollback.exitCode(), rollback::toString);
        assertTrue(rollback.out().contains(ecosystem.numbered("changed since, and skipped: schema grant exchange_okxNN "
                + "to readerNN of exchange-okxNN: USAGE was taken away meanwhile by another hand")),
                rollback::toString);
        assertEquals(before, ecosystem.catalogs());
        ecosystem.rollback();
    }

    @Test
    void whatWasSkippedIsNoFailureWhenThatIsSaid() {
        ecosystem.execute("REVOKE USAGE ON SCHEMA exchange_okxNN FROM readerNN");

        ecosystem.rollback("--skip-changed");
    }

    @Test
    void anothersGrantsStay() {
        ecosystem.execute("CREATE SCHEMA anotherNN; CREATE TABLE anotherNN.things (id integer);"
                + "GRANT USAGE ON SCHEMA anotherNN TO readerNN; GRANT SELECT ON anotherNN.things TO readerNN");

        Ran rollback = ecosystem.rollback();

        assertTrue(rollback.out().contains(ecosystem.numbered("kept: role readerNN: it has privileges on the ")),
                rollback::toString);
        assertEquals(List.of("t"), ecosystem.query("SELECT has_table_privilege(?, 'anotherNN.things', 'SELECT')",
                "readerNN"));
    }

    @Test
    void aRoleWithASettingInAnotherDatabaseIsKept() {
        String other = ecosystem.postgres().createDatabase();
        ecosystem.execute("ALTER ROLE exchange_okxNN_adapter IN DATABASE " + other + " SET work_mem = '1MB'");

        Ran rollback = ecosystem.rollback();

        assertTrue(rollback.out().contains(ecosystem.numbered("kept: role exchange_okxNN_adapter of exchange-okxNN: it "
                + "has the setting work_mem in the database " + other)), rollback::toString);
        assertEquals(List.of(), ecosystem.query("SELECT nspname FROM pg_namespace WHERE nspname = 'exchange_okxNN'"));
    }

    @Test
    void aRoleThatOwnsSomethingInAnotherDatabaseIsKept() {
        String other = ecosystem.postgres().createDatabase();
        ecosystem.postgres().run(other, ecosystem.numbered("CREATE SCHEMA mine AUTHORIZATION exchange_okxNN_adapter"));

        Ran rollback = ecosystem.rollback();

        assertTrue(rollback.out().contains("it owns something in the database " + other), rollback::toString);
    }

    @Test
    void aRoleThatAnotherHandMadeAMemberIsKept() {
        ecosystem.execute("CREATE ROLE grafanaNN IN ROLE readerNN");

        Ran rollback = ecosystem.rollback();

        assertTrue(rollback.out().contains(ecosystem.numbered("kept: role readerNN: it has the member grafanaNN")),
                rollback::toString);
    }

    @Test
    void aSearchPathThatAnotherHandSetIsLeft() {
        ecosystem.execute("ALTER ROLE exchange_okxNN_adapter IN DATABASE %s SET search_path = elsewhere"
                .formatted(ecosystem.database()));

        Ran rollback = ecosystem.run("rollback", "--yes");

        assertEquals(1, rollback.exitCode(), rollback::toString);
        assertTrue(rollback.out().contains("another hand changed it: it is elsewhere now"), rollback::toString);
    }

    @Test
    void aViewOnATableThatAFileMadeKeepsIt() {
        ecosystem.execute("CREATE VIEW public.eyes AS SELECT id FROM exchange_okxNN.fills");

        Ran rollback = ecosystem.rollback();

        assertTrue(rollback.out().contains(ecosystem.numbered(
                "the view public.eyes needs the table exchange_okxNN.fills")), rollback::toString);
        assertEquals(List.of("0"), ecosystem.query("SELECT count(*) FROM public.eyes"));
    }

    @Test
    void aFolderWithSomethingInItIsKept() throws IOException {
        Path data = folder.resolve(ecosystem.numbered("volumes/exchange-okxNN/data"));
        Files.writeString(data.resolve("rows"), "1");

        Ran rollback = ecosystem.rollback();

        assertTrue(rollback.out().contains("it is not empty: rows is in it (1 B)"), rollback::toString);
        assertTrue(Files.exists(data.resolve("rows")));
        assertFalse(Files.exists(data.resolveSibling("logs")));
        assertEquals(before, ecosystem.catalogs());
    }

    @Test
    void whatADroppedSchemaHeldIsGoneWithoutFurtherWords() {
        ecosystem.execute("DROP SCHEMA exchange_okxNN CASCADE");

        Ran rollback = ecosystem.run("rollback", "--yes");

        assertEquals(1, rollback.exitCode(), rollback::toString);
        assertEquals(1, rollback.out().lines().filter(line -> line.startsWith("changed since")).count(),
                rollback::toString);
        assertEquals(before, ecosystem.catalogs());
        assertEquals(0, ecosystem.run("rollback").exitCode());
    }
}
