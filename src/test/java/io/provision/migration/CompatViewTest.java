package io.provision.migration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code views: compat}: who still says {@code public.x} goes on as before. */
@Timeout(60)
class CompatViewTest {

    @TempDir
    private Path folder;

    private TestEcosystem ecosystem;

    @BeforeEach
    void tradesThatOthersUse() {
        ecosystem = TestEcosystem.in(folder).manifest(
                """
                services:
                  exchange-simulator: {migrate: {tables: [trades], views: compat}}
                instances:
                  exchange-okxNN: {service: exchange-simulator}
                """);
        ecosystem.execute(
                """
                CREATE ROLE clerkNN;
                CREATE ROLE lookerNN;
                GRANT USAGE ON SCHEMA public TO clerkNN, lookerNN;
                CREATE TABLE public.trades (
                  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                  trader text NOT NULL DEFAULT current_user,
                  price numeric NOT NULL CHECK (price > 0)
                );
                INSERT INTO public.trades (trader, price) VALUES ('clerkNN', 1), ('another', 2);
                ALTER TABLE public.trades ENABLE ROW LEVEL SECURITY;
                CREATE POLICY own ON public.trades USING (trader = current_user);
                GRANT SELECT, INSERT, UPDATE ON public.trades TO clerkNN;
                GRANT SELECT (id) ON public.trades TO lookerNN;
                """);
    }

    @Test
    void rowsAreReadAndWrittenThroughItAndRowSecurityHolds() {
        ecosystem.init();

        ecosystem.execute("SET ROLE clerkNN; INSERT INTO public.trades (price) VALUES (3); "
                + "UPDATE public.trades SET price = price + 1; RESET ROLE");

        assertEquals(
                List.of("another 2", "clerkNN 2", "clerkNN 4"),
                ecosystem.query("SELECT replace(trader || ' ' || price, 'clerk' || ?, 'clerkNN') "
                        + "FROM exchange_okxNN.trades ORDER BY 1", "NN").stream()
                        .map(line -> line.replace(ecosystem.numbered("NN"), "NN")).toList());
    }

    @Test
    void whoMaySeeOneColumnOnlyIsToldToLoseTheView() {
        Ran plan = ecosystem.run("plan");
        ecosystem.init();

        assertTrue(plan.out().contains(ecosystem.numbered("note: exchange-okxNN: lookerNN may read some columns of"
                + " public.trades only, and cannot read the view left there")), plan::toString);
        ecosystem.execute("SET ROLE lookerNN; SELECT id FROM exchange_okxNN.trades; RESET ROLE");
        IllegalStateException refused = assertThrows(
                IllegalStateException.class,
                () -> ecosystem.execute("SET ROLE lookerNN; SELECT id FROM public.trades; RESET ROLE"));
        assertTrue(refused.getCause().getMessage().contains("permission denied"), refused.getCause()::getMessage);
    }

    @Test
    void theSecondTimeThereIsNothingToDo() {
        ecosystem.init();

        Ran plan = ecosystem.run("plan", "--detailed-exitcode");

        assertEquals(0, plan.exitCode(), plan::toString);
    }

    @Test
    void thePlanTellsWhatAViewCannotDo() {
        Ran plan = ecosystem.run("plan");

        assertTrue(plan.out().contains("COPY"), plan::toString);
        assertTrue(plan.out().contains("TRUNCATE"), plan::toString);
    }
}
