package io.provision.migration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.Pause;
import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import io.provision.testing.TestRedis;
import io.provision.testing.Tollgate;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Writers hammer the tables that are to move, while another transaction sits on one of them. A writer that would wait
 * for longer than the lock timeout and half a second gets an error of the server's, and so fails the test.
 */
@Tag("full")
@Timeout(120)
class HammeredTablesTest {

    private static final List<String> TABLES = List.of("orders", "positions", "trades");
    private static final Duration LOCK_TIMEOUT = Duration.ofMillis(500);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0, 300})
    void noWriterWaitsForLongerThanTheLockTimeoutAndTheMoveHoweverSlowRedisIs(int redisMillis) throws Exception {
        TestEcosystem ecosystem = ecosystem();
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService pool = Executors.newCachedThreadPool();
        try (Tollgate gate = Tollgate.slow(Duration.ofMillis(redisMillis));
                Connection sitter = ecosystem.connect()) {
            List<Future<Duration>> writers = new ArrayList<>();
            for (String table : TABLES) {
                writers.add(pool.submit(() -> hammer(ecosystem, table, over)));
                writers.add(pool.submit(() -> hammer(ecosystem, table, over)));
            }
            sitter.setAutoCommit(false);
            ecosystem.query(sitter, "SELECT count(*) FROM public.trades");
            String redis = TestRedis.shared().url();
            int port = URI.create(redis).getPort();
            CompletableFuture<Ran> init = CompletableFuture.supplyAsync(() -> ecosystem.run(
                    "init", "--lock-timeout", LOCK_TIMEOUT.toMillis() + "ms", "--redis-url",
                    redis.replace(":" + port, ":" + to(gate, port))));
            while (triesIn(ecosystem) < 3 && !init.isDone()) {
                Pause.brief();
            }
            sitter.rollback();
            assertEquals(0, init.get().exitCode(), init.get()::toString);
            over.set(true);
            Duration longest = Duration.ZERO;
            for (Future<Duration> writer : writers) {
                longest = writer.get().compareTo(longest) > 0 ? writer.get() : longest;
            }
            System.out.printf("Redis %d ms away: no write took longer than %d ms, with --lock-timeout %d ms%n",
                    redisMillis, longest.toMillis(), LOCK_TIMEOUT.toMillis());
            assertTrue(longest.compareTo(Duration.ZERO) > 0);
        } finally {
            over.set(true);
            pool.shutdown();
        }
    }

    private TestEcosystem ecosystem() {
        TestEcosystem ecosystem = TestEcosystem.in(folder).manifest(
                """
                services:
                  exchange-simulator: {migrate: {tables: [orders, trades, positions]}}
                instances:
                  exchange-okxNN: {service: exchange-simulator}
                """);
        TABLES.forEach(table ->
                ecosystem.execute("CREATE TABLE public.%s (id bigserial PRIMARY KEY, note text)".formatted(table)));
        return ecosystem;
    }

    private static int to(Tollgate gate, int port) {
        try {
            return gate.to(port);
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How often the run has asked for the locks so far: each time it is waiting for one. */
    private int triesIn(TestEcosystem ecosystem) {
        return Integer.parseInt(ecosystem.query("""
                SELECT count(*)
                FROM pg_locks
                WHERE NOT granted
                  AND relation = 'public.trades'::regclass
                  AND mode = 'AccessExclusiveLock'
                """).get(0)) > 0 ? ++tries : tries;
    }

    private int tries;

    private static Duration hammer(TestEcosystem ecosystem, String table, AtomicBoolean over) throws SQLException {
        Duration longest = Duration.ZERO;
        try (Connection writer = ecosystem.connect(); Statement statement = writer.createStatement()) {
            statement.execute("SET lock_timeout = %d".formatted(LOCK_TIMEOUT.plusMillis(500).toMillis()));
            statement.execute(ecosystem.numbered("SET search_path = exchange_okxNN, public"));
            while (!over.get()) {
                long start = System.nanoTime();
                statement.execute("INSERT INTO " + table + " (note) VALUES ('hammered')");
                Duration took = Duration.ofNanos(System.nanoTime() - start);
                longest = took.compareTo(longest) > 0 ? took : longest;
            }
        }
        return longest;
    }
}
