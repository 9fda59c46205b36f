package io.provision.rollback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.Catalogs;
import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A hazard is what is left behind and might break, and consent is given to those that were told. */
@Timeout(60)
class HazardsOnTheWayBackTest {

    @TempDir
    private Path folder;

    private TestEcosystem ecosystem;

    @BeforeEach
    void aTableToMove() {
        ecosystem = TestEcosystem.in(folder);
        ecosystem.execute("CREATE TABLE public.trades (id integer, price numeric)");
    }

    private void init(String sql) {
        ecosystem.file("sql/V1__last.sql", sql).manifest("""
                services: {exchange-simulator: {sql: sql, migrate: {tables: [trades]}}}
                instances: {exchange-okxNN: {service: exchange-simulator}}
                """);
        ecosystem.init();
    }

    private static String function(String schema) {
        return """
                CREATE FUNCTION %s.last_price() RETURNS numeric LANGUAGE plpgsql AS
                'BEGIN RETURN (SELECT max(price) FROM exchange_okxNN.trades); END'
                """.formatted(schema);
    }

    private static void await(CompletableFuture<Ran> rollback, BooleanSupplier until) {
        while (!until.getAsBoolean() && !rollback.isDone()) {
            LockSupport.parkNanos(10_000_000);
        }
    }

    private boolean triedAgain(String log) {
        return log.lines().anyMatch(line ->
                line.contains("@" + ecosystem.database() + " ") && line.contains("SET LOCAL lock_timeout"));
    }

    @Test
    void aFunctionThatIsDroppedBreaksNothing() {
        Catalogs before = ecosystem.catalogs();
        init(function("${schema}"));

        ecosystem.rollback();

        assertEquals(before, ecosystem.catalogs());
    }

    @Test
    void aFunctionOfAFileThatStaysMayBreak() {
        init("CREATE TABLE ${schema}.fills (id integer); INSERT INTO ${schema}.fills VALUES (1);"
                + function("${schema}"));

        Ran rollback = ecosystem.run("rollback", "--yes");

        assertEquals(7, rollback.exitCode(), rollback::toString);
        assertTrue(rollback.err().contains("--allow-hazard function-text"), rollback::toString);
    }

    @Test
    void oneThatComesUpWhileATableIsWaitedForIsRefused() throws SQLException {
        init("SELECT 1");
        StringWriter said = new StringWriter();
        CompletableFuture<Ran> rollback;
        try (Connection sitter = ecosystem.connect()) {
            sitter.setAutoCommit(false);
            ecosystem.query(sitter, "SELECT count(*) FROM exchange_okxNN.trades");
            rollback = CompletableFuture.supplyAsync(() ->
                    ecosystem.run(said, "rollback", "--yes", "--lock-timeout", "100ms", "--timeout", "30s"));
            await(rollback, () -> said.toString().contains(" holds exchange_okx"));
            ecosystem.execute(function("public"));
            long mark = ecosystem.postgres().mark();
            await(rollback, () -> triedAgain(ecosystem.postgres().logSince(mark)));
        }

        assertEquals(1, rollback.join().exitCode(), rollback.join()::toString);
        assertTrue(rollback.join().err().contains("a hazard has come up since it was planned"),
                rollback.join()::toString);
        assertEquals(List.of("1"),
                ecosystem.query("SELECT count(*) FROM pg_tables WHERE schemaname = 'exchange_okxNN'"));
    }
}
