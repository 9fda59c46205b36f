package io.provision.rollback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.Catalogs;
import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A thing that has the name of one that was moved is not the one that was moved. */
@Timeout(60)
@Tag("full")
class AnotherOfTheNameTest {

    private static final String OTHER = "another hand changed it: another one of that name stands in %s";

    @TempDir
    private Path folder;

    private TestEcosystem ecosystem;
    private Catalogs before;

    @BeforeEach
    void move() {
        ecosystem = TestEcosystem.in(folder)
                .manifest("""
                        services: {exchange-simulator: {}}
                        instances:
                          exchange-okxNN:
                            service: exchange-simulator
                            migrate: {tables: [trades, fills], owner: role}
                        """);
        ecosystem.execute("""
                CREATE TABLE public.trades_new (id integer);
                CREATE TYPE public.side AS ENUM ('buy');
                CREATE TABLE public.trades (id integer, side public.side);
                CREATE TABLE public.fills (id integer);
                """);
        before = ecosystem.catalogs();
        ecosystem.init();
    }

    private void told(Ran ran, String text) {
        assertTrue((ran.out() + ran.err()).contains(ecosystem.numbered(text)), ran::toString);
    }

    @Test
    void aTableThatTheServiceMadeAnewIsLeftToIt() {
        ecosystem.execute("DROP TABLE exchange_okxNN.trades; SET ROLE exchange_okxNN_adapter;"
                + "CREATE TABLE exchange_okxNN.trades (other integer)");

        Ran rollback = ecosystem.rollback(1);

        told(rollback, "changed since, and skipped: move table public.trades to exchange_okxNN of exchange-okxNN: "
                + OTHER.formatted("exchange_okxNN, owned by exchange_okxNN_adapter"));
        assertEquals(List.of(ecosystem.numbered("exchange_okxNN")), ecosystem.query(
                "SELECT schemaname FROM pg_tables WHERE tablename = 'trades'"));
        assertEquals(List.of("public"), ecosystem.query("SELECT schemaname FROM pg_tables WHERE tablename = 'fills'"));
        ecosystem.rollback("--skip-changed");
    }

    @Test
    void norIsOneThatWasOlderAndGotItsName() {
        ecosystem.execute("DROP TABLE exchange_okxNN.trades; ALTER TABLE public.trades_new SET SCHEMA exchange_okxNN;"
                + "ALTER TABLE exchange_okxNN.trades_new RENAME TO trades;"
                + "ALTER TABLE exchange_okxNN.trades OWNER TO exchange_okxNN_adapter");

        told(ecosystem.rollback(1), OTHER.formatted("exchange_okxNN"));
    }

    @Test
    void oneInPublicIsNotTheOneThatWasDropped() {
        ecosystem.execute("DROP TABLE exchange_okxNN.trades; CREATE TABLE public.trades (other integer)");

        Ran rollback = ecosystem.rollback(1);

        told(rollback, OTHER.formatted("public"));
        assertFalse(rollback.out().contains("was put back"), rollback::toString);
        assertEquals(List.of("public"), ecosystem.query("SELECT schemaname FROM pg_tables WHERE tablename = 'fills'"));
    }

    @Test
    void oneElsewhereIsNoneOfItsBusiness() {
        ecosystem.execute("DROP TABLE exchange_okxNN.trades; CREATE SCHEMA elsewhere;"
                + "CREATE TABLE elsewhere.trades (other integer)");

        told(ecosystem.rollback(1), "another hand took it away");
    }

    @Test
    void theOneThatWasMovedOnIsToldWhereItStandsThoughAnotherHasItsPlace() {
        ecosystem.execute("CREATE SCHEMA elsewhere; ALTER TABLE exchange_okxNN.trades SET SCHEMA elsewhere;"
                + "CREATE TABLE exchange_okxNN.trades (other integer)");

        told(ecosystem.rollback(1),
                "another hand changed it: it stands in elsewhere, owned by exchange_okxNN_adapter now");
    }

    @Test
    void aTypeThatWasMadeAnewIsAnotherOneToo() {
        ecosystem.execute("ALTER TABLE exchange_okxNN.trades DROP COLUMN side; DROP TYPE exchange_okxNN.side;"
                + "SET ROLE exchange_okxNN_adapter; CREATE TYPE exchange_okxNN.side AS ENUM ('sell')");

        told(ecosystem.rollback(1), OTHER.formatted("exchange_okxNN"));
    }

    /** Either has other OIDs than those that were journaled. */
    @ParameterizedTest
    @ValueSource(strings = {
        "SELECT c.id, c.before - 'identity', c.after - 'identity'",
        "SELECT c.id, jsonb_set(c.before, '{identity}', '{\"journal\": 1, \"object\": 2}'),"
                + "jsonb_set(c.after, '{identity}', '{\"journal\": 1, \"object\": 2}')",
    })
    void ofAnOlderVersionsJournalAndOfARestoredOneNamesAreBelieved(String rewritten) {
        ecosystem.execute("""
                SET session_replication_role = replica;
                UPDATE provision.changes t SET before = n.before, after = n.after
                FROM (%s FROM provision.changes c WHERE c.kind = 'move') AS n (id, before, after)
                WHERE n.id = t.id
                """.formatted(rewritten));

        ecosystem.rollback();

        assertEquals(before, ecosystem.catalogs());
    }

    @Test
    void theSameTablesGoThereAndBackTwice() {
        ecosystem.rollback();
        assertEquals(before, ecosystem.catalogs());
        ecosystem.init();
        ecosystem.assertNothingToDo();
        ecosystem.rollback();
        assertEquals(before, ecosystem.catalogs());
    }
}
