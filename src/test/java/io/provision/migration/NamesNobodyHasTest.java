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

/** A name or a glob in {@code migrate.tables} that finds nothing is told: it may be misspelled. */
@Timeout(60)
class NamesNobodyHasTest {

    private static final String NAME = "note: exchange-okxNN: no table in public is called tradez";
    private static final String GLOB = "note: exchange-okxNN: no table in public matches fillz_*";
    private static final String FUNCTION = "note: exchange-okxNN: no function in public is called touchez()";

    @TempDir
    private Path folder;

    private TestEcosystem ecosystem;

    @BeforeEach
    void someThatStandAndSomeThatDoNot() {
        ecosystem = TestEcosystem.in(folder).manifest("""
                services:
                  exchange-simulator:
                    migrate: {tables: [trades, tradez, "fills_*", "fillz_*", "*rders", "touch()", "touchez()"]}
                instances: {exchange-okxNN: {service: exchange-simulator}}
                """);
        ecosystem.execute("""
                CREATE TABLE public.trades (id integer);
                CREATE TABLE public.fills_1 (id integer);
                CREATE TABLE public.orders (id integer);
                CREATE FUNCTION public.touch() RETURNS integer LANGUAGE sql AS 'SELECT 1';
                """);
    }

    private void tellsThose(String told, Ran ran) {
        assertEquals(0, ran.exitCode(), ran::toString);
        for (String note : new String[] {NAME, GLOB, FUNCTION}) {
            assertTrue(told.contains(ecosystem.numbered(note)), ran::toString);
        }
        for (String standing : new String[] {"called trades", "fills_*", "rders", "touch()"}) {
            assertFalse(told.lines().anyMatch(line -> line.contains("in public") && line.endsWith(standing)),
                    ran::toString);
        }
    }

    @Test
    void byPlanAndByInit() {
        Ran plan = ecosystem.run("plan");
        Ran init = ecosystem.init();

        tellsThose(plan.out(), plan);
        tellsThose(init.err(), init);
    }

    @Test
    void whatHasMovedAlreadyIsNoneOfThem() {
        ecosystem.init();

        Ran plan = ecosystem.run("plan");
        Ran init = ecosystem.init();

        tellsThose(plan.out(), plan);
        tellsThose(init.err(), init);
    }
}
