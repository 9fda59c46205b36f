package io.provision.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Distributed schemas ({@code postgres.md}, "More than one machine"), on a {@link StandInForCitus}. */
class DistributionTest {

    private static final String INSTANCES =
            """
            services:
              exchange-simulator: {migrate: {tables: [trades]}, sql: sql}
            instances:
              exchange-okxNN: {service: exchange-simulator}
            """;

    private static final String DISTRIBUTED = "postgres: {distribute: true}\n" + INSTANCES;

    private static final String CALLS = "SELECT call || ' with ' || coalesce(tables, 'nothing') FROM calls ORDER BY id";

    @TempDir
    private Path folder;

    private TestEcosystem ecosystem;

    @BeforeEach
    void anEcosystem() {
        ecosystem = TestEcosystem.in(folder)
                .file("sql/V1__notes.sql", "CREATE TABLE notes (id integer);")
                .manifest(DISTRIBUTED);
        ecosystem.execute(
                """
                CREATE TABLE public.trades (price numeric);
                INSERT INTO public.trades SELECT n FROM generate_series(1, 100) AS n;
                """);
    }

    @Test
    void withoutCitusThePlanIsRefusedAndSaysWhatIsMissing() {
        Ran plan = ecosystem.run("plan");

        assertTrue(plan.out().contains("`postgres.distribute` is true, and this database cannot distribute schemas"),
                plan::toString);
        assertTrue(plan.out().contains("CREATE EXTENSION citus"), plan::toString);
        Ran init = ecosystem.run("init");
        assertEquals(7, init.exitCode(), init::toString);
        assertEquals(List.of(), ecosystem.query("SELECT oid FROM pg_namespace WHERE nspname = 'exchange_okxNN'"));
    }

    @Test
    void aSchemaIsDistributedLastAndInTheInstancesOwnTransaction() {
        StandInForCitus.in(ecosystem);

        ecosystem.init();

        assertEquals(
                List.of(ecosystem.numbered("distribute exchange_okxNN with notes trades")), ecosystem.query(CALLS));
        assertEquals(List.of("t"), ecosystem.query(
                """
                SELECT n.xmin = c.xact::xid
                FROM calls c
                JOIN pg_namespace n ON n.nspname = 'exchange_okxNN'
                """));
        ecosystem.assertNothingToDo();
        Ran verify = ecosystem.run("verify");
        assertEquals(0, verify.exitCode(), verify::toString);
    }

    @Test
    void thatRowsAreCopiedIsTold() {
        StandInForCitus.in(ecosystem);

        Ran plan = ecosystem.run("plan");

        assertTrue(plan.out().contains("Citus copies the rows of what moves"), plan::toString);
    }

    @Test
    void itIsNotDistributedAnyMoreWhenItsTablesGoBack() {
        StandInForCitus.in(ecosystem);
        ecosystem.init();
        String copied = "SELECT 'public.trades'::regclass::oid";
        String moved = ecosystem.query("SELECT 'exchange_okxNN.trades'::regclass::oid").get(0);

        Ran rollback = ecosystem.rollback();

        assertEquals(
                List.of(
                        ecosystem.numbered("distribute exchange_okxNN with notes trades"),
                        ecosystem.numbered("undistribute exchange_okxNN with notes trades")),
                ecosystem.query(CALLS));
        assertEquals(List.of("100"), ecosystem.query("SELECT count(*) FROM public.trades"));
        assertNotEquals(moved, ecosystem.query(copied).get(0));
        assertEquals(List.of(), ecosystem.query("SELECT oid FROM pg_namespace WHERE nspname = 'exchange_okxNN'"));
        Ran again = ecosystem.run("rollback", "--yes");
        assertTrue(again.exitCode() == 0 && ecosystem.query(CALLS).size() == 2, again::toString);
    }

    @Test
    void anotherHandThatUndistributedItIsNotInTheWay() {
        StandInForCitus.in(ecosystem);
        ecosystem.init();
        ecosystem.execute("DELETE FROM pg_catalog.pg_dist_schema");

        Ran rollback = ecosystem.run("rollback", "--yes");

        assertTrue(rollback.err().contains("was taken away meanwhile by another hand")
                || rollback.out().contains("was taken away meanwhile by another hand"), rollback::toString);
        assertEquals(1, ecosystem.query(CALLS).size());
        assertEquals(List.of("100"), ecosystem.query("SELECT count(*) FROM public.trades"));
    }

    @Test
    void whatAnotherRunDistributedIsUndistributedFirst() {
        StandInForCitus.in(ecosystem);
        ecosystem.manifest(INSTANCES).init();
        ecosystem.manifest(DISTRIBUTED).init();
        String moving = ecosystem.query("SELECT run FROM provision.runs ORDER BY started_at LIMIT 1").get(0);

        Ran rollback = ecosystem.run("rollback", "--yes", "--run", moving);

        assertEquals(7, rollback.exitCode(), rollback::toString);
        assertTrue(rollback.err().contains("which a later run distributed"), rollback::toString);
    }

    @Test
    void anIdentityColumnThatCameSinceBarsTheWayBack() {
        StandInForCitus.in(ecosystem);
        ecosystem.init();
        ecosystem.execute("CREATE TABLE exchange_okxNN.counted (id integer GENERATED ALWAYS AS IDENTITY)");

        Ran rollback = ecosystem.run("rollback", "--yes");

        assertEquals(7, rollback.exitCode(), rollback::toString);
        assertTrue(rollback.err().contains("counted has the identity column id"), rollback::toString);
        assertEquals(1, ecosystem.query(CALLS).size());
    }

    /** On any server a setting may be made up, and this one is Citus's to distribute each new schema by itself. */
    @Test
    void citusDoesNotDistributeWhatIsMade() {
        ecosystem.execute("ALTER DATABASE %s SET citus.enable_schema_based_sharding = 'on'"
                .formatted(ecosystem.database()));
        ecosystem
                .file("sql/V1__notes.sql", """
                        CREATE TABLE notes AS SELECT current_setting('citus.enable_schema_based_sharding') AS said;
                        """)
                .manifest(INSTANCES);

        ecosystem.init();

        assertEquals(List.of("off"), ecosystem.query("SELECT said FROM exchange_okxNN.notes"));
    }

    @Test
    void theJournalStaysOnTheCoordinator() {
        StandInForCitus.in(ecosystem);
        ecosystem.manifest(INSTANCES).init();
        ecosystem.execute("SELECT citus_schema_distribute('provision')");

        Ran plan = ecosystem.manifest(DISTRIBUTED).run("plan");

        assertTrue(plan.out().contains("the schema provision, which holds the journal, is distributed"),
                plan::toString);
    }
}
