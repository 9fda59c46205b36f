package io.provision.migration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.Catalogs;
import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import io.provision.testing.TestPostgres;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What another hand has made that bars the way, or would break: {@code init} says so and touches nothing. */
@Timeout(60)
class TroubleOnTheWayThereTest {

    @TempDir
    private Path folder;

    private TestEcosystem ecosystem;

    @BeforeEach
    void oneTable() {
        ecosystem = TradesInPublic.in(folder);
    }

    @Test
    void aNameThatIsTakenInTheSchema() {
        ecosystem.execute("CREATE SCHEMA exchange_okxNN; CREATE VIEW exchange_okxNN.trades_pkey AS SELECT 1 AS one");

        refused("trades_pkey", "exchange_okxNN");
    }

    @Test
    void aPartitionThatAnotherInstanceClaims() {
        ecosystem.execute(
                """
                CREATE TABLE public.ticks (at date) PARTITION BY RANGE (at);
                CREATE TABLE public.ticks_2025 PARTITION OF public.ticks
                  FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
                """);
        ecosystem.manifest(
                """
                services:
                  exchange-simulator: {}
                instances:
                  exchange-okxNN: {service: exchange-simulator, migrate: {tables: [ticks]}}
                  exchange-binanceNN: {service: exchange-simulator, migrate: {tables: [ticks_2025]}}
                """);

        refused("ticks_2025", "exchange-okxNN", "exchange-binanceNN");
    }

    @Test
    void aMemberOfAnExtension() {
        ecosystem.execute("ALTER EXTENSION plpgsql ADD TABLE public.trades");

        refused("trades", "the extension plpgsql");
    }

    @Test
    void anotherOwnerForWhomTheLoginCannotAct() {
        ecosystem.execute("CREATE ROLE ownerNN; ALTER TABLE public.trades OWNER TO ownerNN");
        TestPostgres.Login login = ecosystem.provisioningLogin();
        ecosystem.execute("GRANT USAGE, CREATE ON SCHEMA public TO " + login.name());

        refused("ownerNN", "GRANT \"ownerNN\" TO \"" + login.name() + "\"");
    }

    @Test
    void noWayBackIntoPublic() {
        TestPostgres.Login login = ecosystem.provisioningLogin();
        ecosystem.execute("ALTER TABLE public.trades OWNER TO " + login.name());

        refused("GRANT CREATE ON SCHEMA \"public\" TO \"" + login.name() + "\"");
    }

    @Test
    void aPublicationOfTheWholeSchemaUntilItIsAgreedTo() {
        ecosystem.execute("CREATE PUBLICATION everythingNN FOR TABLES IN SCHEMA public");

        refused("everythingNN", "--allow-hazard publication");
        assertEquals(0, ecosystem.run("init", "--allow-hazard", "publication").exitCode());
    }

    @Test
    void aFunctionWhoseTextNamesItUntilItIsAgreedTo() {
        ecosystem.execute(
                """
                CREATE FUNCTION public.last_price() RETURNS numeric LANGUAGE plpgsql AS
                $$
                BEGIN
                  RETURN (SELECT price FROM public.trades ORDER BY id DESC LIMIT 1);
                END
                $$
                """);

        refused("last_price", "FROM public.trades ORDER BY id", "--allow-hazard function-text");
        assertEquals(0, ecosystem.run("init", "--allow-hazard", "function-text").exitCode());
    }

    @Test
    void aForeignKeyWhoseOwnerWouldLoseTheWayIsNoTroubleAtAll() {
        ecosystem.execute(
                """
                CREATE ROLE bankNN;
                GRANT USAGE, CREATE ON SCHEMA public TO bankNN;
                GRANT REFERENCES ON public.trades TO bankNN;
                SET ROLE bankNN;
                CREATE TABLE public.settlements (trade bigint REFERENCES public.trades);
                RESET ROLE;
                CREATE ROLE traderNN;
                ALTER TABLE public.trades OWNER TO traderNN;
                """);

        ecosystem.init();

        ecosystem.execute("SET ROLE traderNN; INSERT INTO exchange_okxNN.trades VALUES (1, 1); RESET ROLE");
        ecosystem.execute("SET ROLE bankNN; INSERT INTO public.settlements VALUES (1); RESET ROLE");
        ecosystem.execute("SET ROLE traderNN; UPDATE exchange_okxNN.trades SET id = 1; RESET ROLE");
    }

    private void refused(String... said) {
        Catalogs before = ecosystem.catalogs();

        Ran init = ecosystem.run("init");

        assertEquals(7, init.exitCode(), init::toString);
        for (String words : said) {
            assertTrue(init.err().contains(ecosystem.numbered(words)), init::toString);
        }
        assertEquals(before, ecosystem.catalogs());
        assertFalse(ecosystem.stands("volumes"));
        assertEquals(List.of(), ecosystem.query("SELECT nspname FROM pg_namespace WHERE nspname = 'provision'"));
    }
}
