package io.provision.migration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
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
        ecosystem = TestEcosystem.in(folder).manifest(
                """
                services:
                  exchange-simulator: {migrate: {tables: [trades]}}
                instances:
                  exchange-okxNN: {service: exchange-simulator}
                """);
        ecosystem.execute("CREATE TABLE public.trades (id bigint PRIMARY KEY, price numeric)");
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
