package io.provision.migration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.provision.testing.TestEcosystem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code ALTER … SET SCHEMA} is a catalog change: its cost does not depend on the rows. */
@Tag("full")
@Timeout(180)
class LargeTableTest {

    private static final String READ =
            """
            SELECT sum(pg_stat_get_blocks_fetched(c.oid))
            FROM pg_class c
            WHERE c.relname IN ('trades', 'trades_pkey')
            """;

    @TempDir
    private Path folder;

    @Test
    void aTableOfTenMillionRowsMovesWithoutOneOfItsPagesBeingLookedAt() {
        TestEcosystem ecosystem = TestEcosystem.in(folder).manifest(
                """
                services:
                  exchange-simulator: {}
                instances:
                  exchange-emptyNN: {service: exchange-simulator, migrate: {tables: [nothing]}}
                  exchange-okxNN: {service: exchange-simulator, migrate: {tables: [trades]}}
                """);
        ecosystem.execute(
                """
                CREATE TABLE public.nothing (id bigint PRIMARY KEY);
                CREATE UNLOGGED TABLE public.trades AS SELECT n AS id FROM generate_series(1, 10000000) AS n;
                ALTER TABLE public.trades ADD PRIMARY KEY (id);
                """);
        List<String> before = ecosystem.query(READ);

        Duration empty = took(() -> ecosystem.init("exchange-emptyNN"));
        Duration full = took(() -> ecosystem.init("exchange-okxNN"));

        System.out.printf("an empty table moved in %s, ten million rows in %s, start-up included%n", empty, full);
        assertEquals(before, ecosystem.query(READ));
        assertEquals(List.of("10000000"), ecosystem.query("SELECT count(*) FROM exchange_okxNN.trades"));
        assertNotEquals(before, ecosystem.query(READ), "the server counts what is read");
    }

    private static Duration took(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return Duration.ofMillis((System.nanoTime() - start) / 1_000_000);
    }
}
