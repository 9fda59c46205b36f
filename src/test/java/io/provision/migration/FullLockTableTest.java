package io.provision.migration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.Catalogs;
import io.provision.testing.Pause;
import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What one instance needs fits into the server's lock table, but others are at work: neighbours, or strangers. */
@Tag("full")
@Timeout(300)
class FullLockTableTest {

    private static final int TABLES = 150;

    /** Enough for all that a run does but move. */
    private static final int LEFT = 250;

    @TempDir
    private Path folder;

    private TestEcosystem ecosystem;

    @BeforeEach
    void manyTables() {
        ecosystem = TestEcosystem.in(folder).manifest("""
                services:
                  exchange-simulator: {migrate: {tables: ["many_*"]}}
                instances:
                  exchange-okxNN: {service: exchange-simulator}
                """);
        ecosystem.execute("""
                DO $$
                BEGIN
                  FOR i IN 1..%d LOOP
                    EXECUTE format('CREATE TABLE public.many_%%s (id serial, other serial)', i);
                  END LOOP;
                END $$
                """.formatted(TABLES));
    }

    @Test
    void itIsToldInWordsAndNothingIsLeftBehind() throws SQLException {
        Catalogs before = ecosystem.catalogs();
        try (Connection crowd = crowd()) {
            Ran init = ecosystem.run("init", "--timeout", "1s");

            assertEquals(1, init.exitCode(), init::toString);
            assertTrue(init.err().contains("out of shared memory [53200]: the server's lock table is full: run with a "
                    + "smaller `--parallel`, or raise max_locks_per_transaction, which takes a restart"),
                    init::toString);
            assertTrue(init.err().contains("nothing of it was left behind"), init::toString);
        }
        assertEquals(before, ecosystem.catalogs());
        assertFalse(ecosystem.stands("volumes/exchange-okxNN"));
        ecosystem.init();
    }

    @Test
    void itIsTriedAgainAndGoesThroughWhenOthersHaveLetGo() throws SQLException {
        try (Connection crowd = crowd()) {
            long mark = ecosystem.postgres().mark();
            CompletableFuture<Ran> init = CompletableFuture.supplyAsync(() -> ecosystem.run("init"));
            while (!ecosystem.postgres().logSince(mark).contains("out of shared memory") && !init.isDone()
                    && !Thread.interrupted()) {
                Pause.brief();
            }

            crowd.close();

            assertEquals(0, init.join().exitCode(), init.join()::toString);
        }
        assertEquals(List.of(Integer.toString(TABLES)), ecosystem.query(
                "SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'exchange_okxNN'::regnamespace"));
    }

    /** A session that holds nearly all that fits. */
    private Connection crowd() throws SQLException {
        Connection crowd = ecosystem.connect();
        try (Statement statement = crowd.createStatement()) {
            // What a session has locked it keeps, also when it can lock no more.
            assertThrows(SQLException.class, () -> statement.execute(
                    "SELECT count(pg_advisory_lock(4713, i)) FROM generate_series(1, 1000000) AS i"));
            statement.execute(
                    "SELECT count(pg_advisory_unlock(4713, i)) FROM generate_series(1, %d) AS i".formatted(LEFT));
        }
        return crowd;
    }
}
