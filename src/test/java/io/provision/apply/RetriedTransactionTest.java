package io.provision.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The server picks the run as the one to give way: it begins anew from a fresh look, a bounded number of times
 * ({@code postgres.md}, "Atomic, resumable, alone").
 */
@Timeout(300)
class RetriedTransactionTest {

    @TempDir
    private Path folder;

    @Test
    void initIsTriedAgainWhenItLosesADeadlock() throws Exception {
        TestEcosystem ecosystem = moving("a_trades", "z_trades");

        Ran init = losingADeadlock(ecosystem, "public", "init");

        assertEquals(0, init.exitCode(), init::toString);
        assertEquals(List.of("a_trades", "z_trades"), tablesOf(ecosystem, "exchange_okxNN"));
    }

    @Tag("full")
    @Test
    void rollbackIsTriedAgainWhenItLosesADeadlock() throws Exception {
        TestEcosystem ecosystem = moving("a_trades", "z_trades");
        ecosystem.init();

        Ran rollback = losingADeadlock(ecosystem, "exchange_okxNN", "rollback", "--yes");

        assertEquals(0, rollback.exitCode(), rollback::toString);
        assertEquals(List.of("a_trades", "z_trades"), tablesOf(ecosystem, "public"));
    }

    @Test
    void aSerializationFailureOfAFileIsTriedAgainAndItsFileRunsOnce() {
        TestEcosystem ecosystem = failingToSerializeUntilTry(3);

        Ran init = ecosystem.run("init");

        assertEquals(0, init.exitCode(), init::toString);
        assertEquals(List.of("1"), ecosystem.query("SELECT count(*) FROM exchange_okxNN.notes"));
        assertEquals(List.of("3"), ecosystem.query("SELECT last_value FROM public.tries"));
    }

    @Test
    void aSerializationFailureThatDoesNotEndIsToldAndUndone() {
        TestEcosystem ecosystem = failingToSerializeUntilTry(1_000);

        Ran init = ecosystem.run("init", "--timeout", "1s");

        assertEquals(1, init.exitCode(), init::toString);
        assertTrue(init.err().contains("40001"), init::toString);
        assertEquals(List.of(), tablesOf(ecosystem, "exchange_okxNN"));
        assertEquals(false, ecosystem.stands("volumes/exchange-okxNN"));
    }

    /** A session that noted its memberships while roles were being made does not know of its own until it ends. */
    @Test
    void whatOneSessionIsRefusedIsTriedInANewOne() {
        TestEcosystem ecosystem = refusing("tries = 1 OR pg_backend_pid() = first");

        Ran init = ecosystem.run("init");

        assertEquals(0, init.exitCode(), init::toString);
        ecosystem.assertNothingToDo();
    }

    @Test
    void whatANewSessionIsRefusedTooIsTold() {
        TestEcosystem ecosystem = refusing("true");

        Ran init = ecosystem.run("init");

        assertEquals(1, init.exitCode(), init::toString);
        assertTrue(init.err().contains("must be able to SET ROLE [42501]"), init::toString);
        assertEquals(List.of("2"), ecosystem.query("SELECT last_value FROM public.tries"));
    }

    private TestEcosystem refusing(String when) {
        TestEcosystem ecosystem = TestEcosystem.in(folder).manifest("""
                services: {exchange-simulator: {}}
                instances:
                  exchange-okxNN: {service: exchange-simulator}
                """);
        ecosystem.execute("""
                CREATE SEQUENCE public.tries;
                CREATE SEQUENCE public.first;
                CREATE FUNCTION public.refuse() RETURNS event_trigger LANGUAGE plpgsql AS $$
                DECLARE
                    tries bigint;
                    first bigint;
                BEGIN
                    IF current_query() !~ 'CREATE SCHEMA "exchange_okx' THEN
                        RETURN;
                    END IF;
                    tries := nextval('public.tries');
                    IF tries = 1 THEN
                        PERFORM setval('public.first', pg_backend_pid());
                    END IF;
                    SELECT last_value INTO first FROM public.first;
                    IF %s THEN
                        RAISE EXCEPTION 'must be able to SET ROLE' USING ERRCODE = 'insufficient_privilege';
                    END IF;
                END $$;
                CREATE EVENT TRIGGER refuseNN ON ddl_command_start EXECUTE FUNCTION public.refuse()
                """.formatted(when));
        return ecosystem;
    }

    private TestEcosystem moving(String... tables) {
        TestEcosystem ecosystem = TestEcosystem.in(folder).manifest("""
                services:
                  exchange-simulator: {migrate: {tables: [%s]}}
                instances:
                  exchange-okxNN: {service: exchange-simulator}
                """.formatted(String.join(", ", tables)));
        List.of(tables).forEach(table -> ecosystem.execute("CREATE TABLE public.%s (id integer)".formatted(table)));
        return ecosystem;
    }

    /** A sequence counts the tries: what it gave out is not taken back. */
    private TestEcosystem failingToSerializeUntilTry(int number) {
        TestEcosystem ecosystem = TestEcosystem.in(folder).manifest("""
                services: {exchange-simulator: {sql: sql}}
                instances:
                  exchange-okxNN: {service: exchange-simulator}
                """).file("sql/V1__notes.sql", """
                CREATE TABLE notes (id integer);
                INSERT INTO notes VALUES (1);
                DO $$
                BEGIN
                    IF nextval('public.tries') < %d THEN
                        RAISE EXCEPTION 'could not serialize access' USING ERRCODE = 'serialization_failure';
                    END IF;
                END $$;
                """.formatted(number));
        ecosystem.execute("CREATE SEQUENCE public.tries; GRANT USAGE ON SEQUENCE public.tries TO PUBLIC");
        return ecosystem;
    }

    /** The other one has the table that the run wants last, wants what the run has, and is the more patient. */
    private static Ran losingADeadlock(TestEcosystem ecosystem, String schema, String... command) throws Exception {
        try (Connection other = ecosystem.connect(); Statement statement = other.createStatement()) {
            statement.execute("SET deadlock_timeout = '60s'");
            other.setAutoCommit(false);
            statement.execute(ecosystem.numbered("LOCK TABLE %s.z_trades".formatted(schema)));
            CompletableFuture<Ran> run = CompletableFuture.supplyAsync(() -> ecosystem.run(patient(command)));
            while (!somebodyWaits(ecosystem)) {
                assertEquals(false, run.isDone(), "it did not wait");
            }

            statement.execute(ecosystem.numbered("LOCK TABLE %s.a_trades".formatted(schema)));

            assertEquals(false, run.isDone(), "it does not get its locks before the other one ends");
            other.commit();
            return run.join();
        }
    }

    private static String[] patient(String... command) {
        return Stream.concat(Stream.of(command), Stream.of("--lock-timeout", "30s")).toArray(String[]::new);
    }

    private static boolean somebodyWaits(TestEcosystem ecosystem) throws SQLException {
        return !ecosystem.query("""
                SELECT pid
                FROM pg_locks
                WHERE NOT granted
                  AND mode = 'AccessExclusiveLock'
                  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                """).isEmpty();
    }

    private static List<String> tablesOf(TestEcosystem ecosystem, String schema) {
        return ecosystem.query("""
                SELECT c.relname
                FROM pg_class AS c
                JOIN pg_namespace AS n
                  ON n.oid = c.relnamespace
                WHERE n.nspname = ?
                  AND c.relkind = 'r'
                ORDER BY c.relname
                """, schema);
    }
}
