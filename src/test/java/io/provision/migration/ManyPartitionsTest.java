package io.provision.migration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.provision.testing.TestEcosystem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A partitioned table moves with all that hangs on it, in one transaction, however many there are. */
@Tag("full")
@Timeout(300)
class ManyPartitionsTest {

    private static final String WHERE =
            """
            SELECT relnamespace::regnamespace || ' ' || count(*)
            FROM pg_class
            WHERE relname LIKE 'ticks%'
              AND relkind IN ('r', 'p', 'i', 'I')
            GROUP BY relnamespace
            """;

    @TempDir
    private Path folder;

    @Test
    void aTableOfTwoThousandPartitionsMovesThereAndBack() {
        TestEcosystem ecosystem = TestEcosystem.in(folder).manifest(
                """
                services:
                  exchange-simulator: {migrate: {tables: [ticks]}}
                instances:
                  exchange-okxNN: {service: exchange-simulator}
                """);
        ecosystem.execute("CREATE TABLE public.ticks (id bigint PRIMARY KEY) PARTITION BY RANGE (id)");
        for (int from = 0; from < 2_000; from += 500) {
            partitions(ecosystem, from, from + 500);
        }

        Duration there = took(() -> ecosystem.init());
        List<String> moved = ecosystem.query(WHERE);
        Duration back = took(() -> {
            ecosystem.rollback();
        });

        System.out.printf("two thousand partitions went there in %s, and back in %s%n", there, back);
        assertEquals(List.of(ecosystem.numbered("exchange_okxNN 4002")), moved);
        assertEquals(List.of("public 4002"), ecosystem.query(WHERE));
    }

    /** So many a transaction as it may lock. */
    private static void partitions(TestEcosystem ecosystem, int from, int to) {
        ecosystem.execute("""
                DO $$
                BEGIN
                  FOR n IN %d..%d
                  LOOP
                    EXECUTE format(
                      'CREATE TABLE public.ticks_%%s PARTITION OF public.ticks FOR VALUES FROM (%%s) TO (%%s)',
                      n, n, n + 1);
                  END LOOP;
                END $$
                """.formatted(from, to - 1));
    }

    private static Duration took(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return Duration.ofMillis((System.nanoTime() - start) / 1_000_000);
    }
}
