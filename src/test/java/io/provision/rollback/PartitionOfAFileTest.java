package io.provision.rollback;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.provision.testing.Catalogs;
import io.provision.testing.TestEcosystem;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file of {@code sql:} made a partition of a table that was moved. */
@Timeout(60)
class PartitionOfAFileTest {

    @TempDir
    private Path folder;

    private TestEcosystem ecosystem;
    private Catalogs before;

    @BeforeEach
    void move() {
        ecosystem = TestEcosystem.in(folder)
                .file("sql/V1__two.sql", "CREATE TABLE ${schema}.trades_2 PARTITION OF ${schema}.trades "
                        + "FOR VALUES FROM (2) TO (3)")
                .manifest("""
                        services:
                          exchange-simulator: {sql: sql, migrate: {tables: [trades], owner: role}}
                        instances:
                          exchange-okxNN: {service: exchange-simulator}
                        """);
        ecosystem.execute("CREATE TABLE public.trades (id integer) PARTITION BY RANGE (id)");
        before = ecosystem.catalogs();
        ecosystem.init();
    }

    @Test
    void itGoesWhereNoRowsAreInIt() {
        ecosystem.rollback();

        assertEquals(before, ecosystem.catalogs());
    }

    /** A second rollback leaves what the next init can go on from. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void withRowsItGoesBackAndComesAgainAsOftenAsWanted(int rollbacks) {
        ecosystem.execute("INSERT INTO exchange_okxNN.trades VALUES (2)");

        for (int trip = 0; trip < 2; trip++) {
            IntStream.range(0, rollbacks).forEach(rollback -> ecosystem.rollback());
            assertEquals(List.of("2"), ecosystem.query("SELECT id FROM public.trades_2"));
            ecosystem.init();
            assertEquals(List.of("2"), ecosystem.query("SELECT id FROM exchange_okxNN.trades_2"));
            ecosystem.assertNothingToDo();
        }
    }

    @Test
    void onceItsRowsAreGoneItGoesWhereverItStands() {
        ecosystem.execute("INSERT INTO exchange_okxNN.trades VALUES (2)");
        ecosystem.rollback();
        ecosystem.execute("DELETE FROM public.trades");

        ecosystem.rollback();

        assertEquals(before, ecosystem.catalogs());
    }

    @Test
    void onceItsRowsAreGoneItGoesAlsoWhereItCameAgain() {
        ecosystem.execute("INSERT INTO exchange_okxNN.trades VALUES (2)");
        ecosystem.rollback();
        ecosystem.init();
        ecosystem.execute("DELETE FROM exchange_okxNN.trades");

        ecosystem.rollback();

        assertEquals(before, ecosystem.catalogs());
        assertEquals("nothing to roll back\n", ecosystem.run("rollback").out());
    }
}
