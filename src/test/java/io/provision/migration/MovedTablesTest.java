package io.provision.migration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code migrate}: tables leave public for their instance's schema, rows and all. */
@Timeout(60)
class MovedTablesTest {

    private static final String MANIFEST =
            """
            defaults:
              readers: [watcherNN]
            services:
              exchange-simulator: {}
            instances:
              exchange-okxNN: {service: exchange-simulator, migrate: {tables: [trades]}}
            """;

    @TempDir
    private Path folder;

    @Test
    void aTableMovesWithItsRowsAndKeepsItsIdentity() {
        TestEcosystem ecosystem = withTrades();
        List<String> before = ecosystem.query("SELECT oid, relfilenode FROM pg_class WHERE relname = 'trades'");

        ecosystem.init();

        assertEquals(List.of("100"), ecosystem.query("SELECT count(*) FROM \"exchange_okxNN\".trades"));
        assertEquals(before, ecosystem.query("SELECT oid, relfilenode FROM pg_class WHERE relname = 'trades'"));
        assertEquals(List.of(), ecosystem.query(
                "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relname ~ 'trades'"));
    }

    @Test
    void whatATableIsCalledWritesNothingElseIntoThePlan() {
        TestEcosystem ecosystem = TestEcosystem.in(folder).manifest(MANIFEST.replace("[trades]", "[\"trades*\"]"));
        ecosystem.execute("""
                CREATE TABLE public.U&"trades\\001B[2J
                nothing to do" ()
                """);

        Ran plan = ecosystem.run("plan");

        assertTrue(plan.out().contains("> move table public.trades?[2J nothing to do to exchange"), plan::toString);
        assertFalse((plan.out() + plan.err()).matches("(?s).*(\u001b|\nnothing to do).*"), plan::toString);
    }

    @Test
    void theRoleWorksOnItAndTheReaderReadsIt() {
        TestEcosystem ecosystem = withTrades();

        ecosystem.init();

        ecosystem.execute("SET ROLE exchange_okxNN_adapter;"
                + "INSERT INTO exchange_okxNN.trades (price) VALUES (7);"
                + "RESET ROLE");
        ecosystem.execute("SET ROLE watcherNN; SELECT count(*) FROM exchange_okxNN.trades; RESET ROLE");
    }

    @Test
    void theSecondTimeThereIsNothingToDo() {
        TestEcosystem ecosystem = withTrades();
        ecosystem.init();

        Ran plan = ecosystem.run("plan", "--detailed-exitcode");

        assertEquals(0, plan.exitCode(), plan::toString);
    }

    @Test
    void thePlanCountsItAndTellsWhatUndoesIt() {
        TestEcosystem ecosystem = withTrades();

        Ran plan = ecosystem.run("plan");

        assertTrue(plan.out().contains(ecosystem.numbered(
                "  > move table public.trades to exchange_okxNN  # it stands in public\n"
                        + "      ALTER TABLE \"public\".\"trades\" SET SCHEMA \"exchange_okxNN\";\n"
                        + "      undone by: ALTER TABLE \"exchange_okxNN\".\"trades\" SET SCHEMA \"public\";")),
                plan::toString);
        assertTrue(plan.out().contains(" 1 to move, "), plan::toString);
    }

    @Test
    void aFileSeesTheTableThatWasBrought() {
        TestEcosystem ecosystem = withTrades()
                .manifest(MANIFEST.replace("migrate:", "sql: sql, migrate:"))
                .file("sql/V1__trades.sql", "CREATE TABLE IF NOT EXISTS ${schema}.trades (other text);");

        ecosystem.init();

        assertEquals(List.of("100"), ecosystem.query("SELECT count(price) FROM exchange_okxNN.trades"));
    }

    @Test
    void filesThatRunAfterTheMoveHaveTheLockTimeoutOnceMoreAllTogether() {
        TestEcosystem ecosystem = withTrades()
                .manifest(MANIFEST.replace("migrate:", "sql: sql, migrate:"))
                .file("sql/V1__seen.sql", """
                        CREATE TABLE seen AS SELECT 1 AS at, current_setting('lock_timeout') AS wait;
                        SET LOCAL lock_timeout = '1h';
                        SELECT pg_sleep(0.6);
                        INSERT INTO seen SELECT 2, current_setting('lock_timeout');
                        """)
                .file("sql/V2__more.sql", """
                        SELECT pg_sleep(0.6);
                        INSERT INTO seen SELECT 3, current_setting('lock_timeout');
                        """);

        ecosystem.init("--lock-timeout", "60s");

        assertEquals(List.of("t"), ecosystem.query("""
                SELECT bool_and(
                         wait::interval BETWEEN interval '1 s' AND interval '60.0 s' - (at - 1) * interval '0.6 s')
                  AND count(*) = 3
                FROM exchange_okxNN.seen
                """));
    }

    private TestEcosystem withTrades() {
        TestEcosystem ecosystem = TestEcosystem.in(folder).manifest(MANIFEST);
        ecosystem.execute("""
                CREATE TABLE public.trades (id bigserial PRIMARY KEY, price numeric NOT NULL);
                INSERT INTO public.trades (price) SELECT n FROM generate_series(1, 100) AS n;
                """);
        return ecosystem;
    }
}
