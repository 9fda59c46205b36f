package io.provision.rollback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.provision.testing.CatalogSnapshot;
import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import io.provision.testing.TestPostgres;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code migrate: {owner: role}} folds two roles' rights into one, and {@code rollback} tells them apart again. */
@Timeout(60)
@Tag("full")
class OwnersToldApartTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {
        "GRANT INSERT ON trades TO adapterNN",
        "GRANT USAGE ON SEQUENCE trades_id_seq TO adapterNN",
        "GRANT SELECT, UPDATE ON SEQUENCE tickets TO adapterNN",
        "GRANT UPDATE ON SEQUENCE trades_number_seq TO adapterNN WITH GRANT OPTION",
        "GRANT USAGE ON TYPE mood TO adapterNN",
        "REVOKE ALL ON TYPE mood FROM PUBLIC, oldNN; GRANT USAGE ON TYPE mood TO adapterNN WITH GRANT OPTION",
        "GRANT USAGE ON DOMAIN price TO adapterNN; GRANT USAGE ON DOMAIN price TO readerNN",
        "REVOKE SELECT, INSERT ON trades FROM oldNN;"
                + " GRANT SELECT, INSERT ON trades TO adapterNN WITH GRANT OPTION",
        "REVOKE ALL ON trades FROM oldNN; GRANT SELECT ON trades TO adapterNN",
        "GRANT SELECT (id), UPDATE (feeling) ON trades TO adapterNN WITH GRANT OPTION",
        "GRANT UPDATE (id) ON trades TO oldNN; GRANT SELECT ON trades TO adapterNN; GRANT INSERT (id) ON trades TO"
                + " adapterNN",
        "GRANT SELECT ON trades TO oldNN WITH GRANT OPTION; GRANT SELECT ON trades TO adapterNN, readerNN",
    })
    void eachHasWhatItHad(String granted) {
        TestEcosystem ecosystem = owned(TestEcosystem.in(folder));
        ecosystem.execute(granted);

        thereAndBack(ecosystem);
    }

    @Test
    void alsoTheRightToMaintainOfSeventeen() {
        assumeTrue(TestPostgres.isAvailable(17), "no binaries of PostgreSQL 17");
        TestEcosystem ecosystem = owned(TestEcosystem.on(TestPostgres.shared(17), folder));
        ecosystem.execute("GRANT SELECT, MAINTAIN ON trades TO adapterNN; REVOKE INSERT ON trades FROM oldNN");

        thereAndBack(ecosystem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "GRANT SELECT ON trades TO adapterNN WITH GRANT OPTION; SET ROLE adapterNN;"
                + " GRANT SELECT ON public.trades TO readerNN | adapterNN granted to readerNN on public.trades",
        "GRANT SELECT (id) ON trades TO adapterNN WITH GRANT OPTION; SET ROLE adapterNN;"
                + " GRANT SELECT (id) ON public.trades TO PUBLIC | adapterNN granted to everybody on public.trades.id",
        "GRANT USAGE ON SEQUENCE trades_id_seq TO readerNN WITH GRANT OPTION; SET ROLE readerNN;"
                + " GRANT USAGE ON SEQUENCE public.trades_id_seq TO adapterNN"
                + " | readerNN granted to adapterNN on public.trades_id_seq",
        "GRANT USAGE ON TYPE mood TO readerNN WITH GRANT OPTION; SET ROLE readerNN;"
                + " GRANT USAGE ON TYPE public.mood TO adapterNN | readerNN granted to adapterNN on public.mood",
        "GRANT USAGE ON TYPE trades TO adapterNN"
                + " | oldNN granted to adapterNN on the row type of public.trades",
    })
    void whatCouldNotBeToldApartForbidsIt(String granted, String what) {
        TestEcosystem ecosystem = owned(TestEcosystem.in(folder));
        ecosystem.execute(granted);

        Ran init = ecosystem.run("init");

        assertEquals(7, init.exitCode(), init::toString);
        assertTrue(init.err().contains("because what " + ecosystem.numbered(what) + " could not be told apart again"),
                init::toString);
        assertTrue(init.err().contains("say `owner: keep` in `migrate`"), init::toString);
    }

    @Test
    void aGrantOfAnotherHandThatTheChangeOfOwnerLeavesAloneForbidsNothing() {
        TestEcosystem ecosystem = owned(TestEcosystem.in(folder));
        ecosystem.execute("CREATE ROLE thirdNN; GRANT SELECT ON trades TO readerNN WITH GRANT OPTION;"
                + " SET ROLE readerNN; GRANT SELECT ON public.trades TO thirdNN");

        thereAndBack(ecosystem);
    }

    private static void thereAndBack(TestEcosystem ecosystem) {
        CatalogSnapshot before = ecosystem.snapshot();

        ecosystem.init();
        assertEquals(List.of(ecosystem.numbered("adapterNN")), ecosystem.query(
                "SELECT tableowner FROM pg_tables WHERE tablename = 'trades'"));
        ecosystem.rollback();

        assertEquals(List.of(), before.differenceBeyondAclsWrittenOut(ecosystem.snapshot()));
    }

    private static TestEcosystem owned(TestEcosystem ecosystem) {
        ecosystem.manifest("""
                services:
                  exchange-simulator: {}
                instances:
                  exchange-okxNN:
                    service: exchange-simulator
                    role: adapterNN
                    migrate: {tables: [trades], owner: role}
                """);
        ecosystem.execute("""
                CREATE ROLE adapterNN LOGIN;
                CREATE ROLE oldNN;
                CREATE ROLE readerNN;
                GRANT CREATE ON SCHEMA public TO oldNN;
                SET ROLE oldNN;
                CREATE TYPE public.mood AS ENUM ('good');
                CREATE DOMAIN public.price AS numeric;
                CREATE SEQUENCE public.tickets;
                CREATE TABLE public.trades (
                  id bigserial PRIMARY KEY,
                  number integer GENERATED ALWAYS AS IDENTITY,
                  ticket bigint DEFAULT nextval('public.tickets'),
                  feeling public.mood,
                  paid public.price);
                RESET ROLE;
                """);
        return ecosystem;
    }
}
