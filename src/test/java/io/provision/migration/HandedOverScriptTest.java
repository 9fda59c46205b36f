package io.provision.migration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a DBA is given with {@code plan -o sql} tells what {@code plan} tells. */
@Timeout(60)
class HandedOverScriptTest {

    @TempDir
    private Path folder;

    private TestEcosystem ecosystem;

    @BeforeEach
    void oneTable() {
        ecosystem = TradesInPublic.in(folder);
    }

    @Test
    void itsHazardsAndNotesStandBeforeTheFirstStatement() {
        ecosystem.execute(
                """
                CREATE PUBLICATION everythingNN FOR TABLES IN SCHEMA public;
                CREATE VIEW public.prices AS SELECT price FROM public.trades;
                """);

        Ran plan = ecosystem.run("plan", "-o", "sql");

        assertEquals(0, plan.exitCode(), plan::toString);
        String head = plan.out().substring(0, plan.out().indexOf("BEGIN;"));
        assertTrue(head.contains("\n-- hazard publication: "), plan::toString);
        assertTrue(head.contains("\n-- note: exchange-okx"), plan::toString);
        assertTrue(head.contains("is not journaled"), plan::toString);
    }

    @Test
    void runByHandItLeavesInitNothingToDo() {
        withPartitionsAndAView();

        ecosystem.execute(ecosystem.run("plan", "-o", "sql").out());

        assertMovedByHand();
    }

    @Tag("full")
    @Test
    void psqlRunsIt() throws Exception {
        assumeTrue(new ProcessBuilder("sh", "-c", "command -v psql").start().waitFor() == 0, "skipped: no psql here");
        withPartitionsAndAView();
        ecosystem.file("plan.sql", ecosystem.run("plan", "-o", "sql").out());

        Process psql = new ProcessBuilder(
                        "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", "plan.sql", ecosystem.postgresUrl())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();

        String said = new String(psql.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, psql.waitFor(), said);
        assertMovedByHand();
    }

    private void withPartitionsAndAView() {
        ecosystem.manifest(
                """
                services:
                  exchange-simulator: {migrate: {tables: [trades, ticks], owner: role, views: compat}}
                instances:
                  exchange-okxNN: {service: exchange-simulator}
                """);
        ecosystem.execute(
                """
                ALTER TABLE public.trades ADD number serial;
                INSERT INTO public.trades VALUES (1, 2);
                CREATE TABLE public.ticks (at date NOT NULL) PARTITION BY RANGE (at);
                CREATE TABLE public.ticks_2025 PARTITION OF public.ticks
                  FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
                INSERT INTO public.ticks VALUES ('2025-06-01');
                """);
    }

    private void assertMovedByHand() {
        Ran plan = ecosystem.run("plan", "--only", "postgres", "--detailed-exitcode");
        assertEquals(0, plan.exitCode(), plan::toString);
        assertEquals(List.of("1 1"), ecosystem.query("""
                SELECT (SELECT count(*) FROM exchange_okxNN.trades) || ' '
                       || (SELECT count(*) FROM exchange_okxNN.ticks_2025)
                """));
        assertEquals(List.of("2"), ecosystem.query("SELECT price FROM public.trades"));
    }

    @Test
    void ofARefusedPlanThereIsNothingToRun() {
        ecosystem.execute("CREATE SCHEMA exchange_okxNN; CREATE VIEW exchange_okxNN.trades_pkey AS SELECT 1 AS one");

        Ran plan = ecosystem.run("plan", "-o", "sql");

        assertEquals(7, plan.exitCode(), plan::toString);
        assertTrue(plan.out().lines().allMatch(line -> line.startsWith("--")), plan::toString);
        assertTrue(plan.out().contains("-- refused: ") && plan.out().contains("trades_pkey"), plan::toString);
        assertTrue(plan.err().contains("trades_pkey"), plan::toString);
        assertFalse(plan.out().contains("SET SCHEMA"), plan::toString);
    }
}
