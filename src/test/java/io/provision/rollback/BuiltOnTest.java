package io.provision.rollback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.Catalogs;
import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a rollback leaves goes on working: the ways to it stay. */
@Timeout(60)
class BuiltOnTest {

    @TempDir
    private Path folder;

    private TestEcosystem ecosystem;
    private Catalogs before;

    @BeforeEach
    void moveTheFirst() {
        ecosystem = TestEcosystem.in(folder);
        ecosystem.execute("""
                CREATE ROLE old_appNN;
                GRANT CREATE ON SCHEMA public TO old_appNN;
                CREATE TABLE public.trades (id integer PRIMARY KEY);
                CREATE TABLE public.orders (id integer PRIMARY KEY);
                CREATE TABLE public.fills (o integer REFERENCES public.orders);
                ALTER TABLE public.trades OWNER TO old_appNN;
                ALTER TABLE public.orders OWNER TO old_appNN;
                ALTER TABLE public.fills OWNER TO old_appNN;
                """);
        before = ecosystem.catalogs();
        manifest("trades");
        ecosystem.init();
    }

    private void manifest(String tables) {
        ecosystem.manifest("""
                defaults: {readers: [readerNN]}
                services:
                  exchange-simulator: {migrate: {tables: [%s], views: compat}}
                instances:
                  exchange-okxNN: {service: exchange-simulator}
                """.formatted(tables));
    }

    private String firstRun() {
        return ecosystem.query("SELECT run FROM provision.runs ORDER BY started_at, run").get(0);
    }

    @Test
    void theWaysToWhatALaterRunMovedStay() {
        manifest("trades, orders");
        ecosystem.init();

        Ran rollback = ecosystem.run("rollback", "--run", firstRun(), "--yes");

        assertEquals(0, rollback.exitCode(), rollback::toString);
        assertTrue(rollback.out().contains(ecosystem.numbered(
                "kept: schema access exchange_okxNN to old_appNN of exchange-okxNN: old_appNN ")), rollback::toString);
        ecosystem.execute("SET ROLE old_appNN; INSERT INTO exchange_okxNN.orders VALUES (1);"
                + "INSERT INTO public.fills VALUES (1)");
        ecosystem.execute("SET ROLE readerNN; SELECT FROM exchange_okxNN.orders");
        ecosystem.rollback();
        assertEquals(before, ecosystem.catalogs());
    }

    @Test
    void theWaysToATableThatIsSkippedStay() {
        ecosystem.execute("CREATE ROLE otherNN; GRANT SELECT ON exchange_okxNN.trades TO old_appNN;"
                + "ALTER TABLE exchange_okxNN.trades OWNER TO otherNN;"
                + "GRANT SELECT ON exchange_okxNN.trades TO old_appNN");

        Ran rollback = ecosystem.run("rollback", "--yes");

        assertEquals(1, rollback.exitCode(), rollback::toString);
        assertTrue(rollback.out().contains(ecosystem.numbered("kept: compat view public.trades of exchange-okxNN: the "
                + "table exchange_okxNN.trades, which it shows, does not go back")), rollback::toString);
        ecosystem.execute("SET ROLE old_appNN; SELECT FROM exchange_okxNN.trades");
        assertEquals(List.of("0"), ecosystem.query("SELECT count(*) FROM public.trades"));
    }
}
