package io.provision.migration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.Catalogs;
import io.provision.testing.Pause;
import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import io.provision.testing.TestPostgres;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code postgres.md}, "Never in the way": somebody is at work on the tables that are to move. */
@Timeout(60)
class BusyTablesTest {

    @TempDir
    private Path folder;

    private TestEcosystem ecosystem;

    @BeforeEach
    void threeTables() {
        ecosystem = TestEcosystem.in(folder).manifest(
                """
                services:
                  exchange-simulator: {migrate: {tables: [orders, trades, positions]}}
                instances:
                  exchange-okxNN: {service: exchange-simulator}
                """);
        ecosystem.execute(
                """
                CREATE TABLE public.orders (id bigserial PRIMARY KEY, note text);
                CREATE TABLE public.positions (id bigserial PRIMARY KEY, note text);
                CREATE TABLE public.trades (id bigserial PRIMARY KEY, note text);
                """);
    }

    @Test
    void whoeverHoldsATableIsToldAndTheMoveIsTriedAgainUntilItIsFree() throws SQLException {
        StringWriter said = new StringWriter();
        try (Sitter sitter = sitOn("SELECT count(*) FROM public.trades")) {
            CompletableFuture<Ran> init =
                    start(said, "init", "--lock-timeout", "100ms", "--timeout", "60s");
            await(() -> said.toString().contains(" holds public.trades"));
            assertTrue(said.toString().contains(sitter.shown()), said::toString);

            sitter.close();

            assertEquals(0, init.join().exitCode(), init.join()::toString);
        }
        assertEquals(List.of("orders", "positions", "trades"), tablesIn("exchange_okxNN"));
    }

    @Test
    void whoWaitsTooLongEndsCleanlyAndSaysWhoHoldsIt() throws SQLException {
        Catalogs before = ecosystem.catalogs();
        try (Sitter sitter = sitOn("SELECT count(*) FROM public.trades")) {
            Ran init = ecosystem.run("init", "--lock-timeout", "50ms", "--timeout", "1s");

            assertEquals(1, init.exitCode(), init::toString);
            assertTrue(init.err().contains("[55P03]"), init::toString);
            assertTrue(init.err().contains(sitter.shown()), init::toString);
        }
        assertEquals(before, ecosystem.catalogs());
        assertFalse(ecosystem.stands("volumes/exchange-okxNN"));
    }

    @Test
    void noTimeToWaitIsNotAllTheTimeThatThereIs() throws SQLException {
        ecosystem.manifest(
                """
                services: {exchange-simulator: {sql: sql}}
                instances:
                  exchange-okxNN: {service: exchange-simulator}
                """).file("sql/V1__wait.sql", "LOCK TABLE public.trades IN ACCESS EXCLUSIVE MODE");
        ecosystem.execute("GRANT ALL ON public.trades TO PUBLIC");
        try (Sitter sitter = sitOn("SELECT count(*) FROM public.trades")) {
            Ran init = ecosystem.run("init", "--lock-timeout", "0s", "--timeout", "1s");

            assertEquals(1, init.exitCode(), init::toString);
            assertTrue(init.err().contains("[55P03]"), () -> sitter.shown() + init);
        }
    }

    @Test
    void aPreparedTransactionIsToldByItsName() throws SQLException {
        try (Connection session = ecosystem.connect(); Statement statement = session.createStatement()) {
            statement.execute("BEGIN; INSERT INTO public.trades (note) VALUES ('two phases')");
            statement.execute(ecosystem.numbered("PREPARE TRANSACTION 'settlement NN'"));

            Ran init = ecosystem.run("init", "--lock-timeout", "50ms", "--timeout", "1s");

            statement.execute(ecosystem.numbered("ROLLBACK PREPARED 'settlement NN'"));
            assertEquals(1, init.exitCode(), init::toString);
            assertTrue(init.err().contains(ecosystem.numbered("the prepared transaction 'settlement NN' of postgres")),
                    init::toString);
        }
    }

    @Test
    void whoMayNotSeeWhatTheHolderIsAtIsToldWhichMembershipShowsIt() throws SQLException {
        TestPostgres.Login login = ecosystem.provisioningLogin();
        ecosystem.execute("GRANT USAGE, CREATE ON SCHEMA public TO " + login.name());
        for (String table : List.of("orders", "positions", "trades")) {
            ecosystem.execute("ALTER TABLE public.%s OWNER TO %s".formatted(table, login.name()));
        }
        try (Sitter sitter = sitOn("SELECT count(*) FROM public.trades")) {
            Ran init = ecosystem.run("init", "--lock-timeout", "50ms", "--timeout", "1s");

            assertEquals(1, init.exitCode(), init::toString);
            assertTrue(init.err().contains("pid %s (user postgres; GRANT pg_read_all_stats TO \"%s\""
                    .formatted(sitter.pid(), login.name())), init::toString);
        }
    }

    @Test
    void aSequenceThatIsInUseIsWaitedForWithTheTables() throws SQLException {
        try (Sitter sitter = sitOn("SELECT nextval('public.trades_id_seq')")) {
            Ran init = ecosystem.run("init", "--lock-timeout", "50ms", "--timeout", "1s");

            assertEquals(1, init.exitCode(), init::toString);
            assertTrue(init.err().contains(sitter.shown()), init::toString);
            assertTrue(init.err().contains("holds public.trades_id_seq"), init::toString);
        }
    }

    @Test
    void whileOneTableIsWaitedForTheOthersAreLetGoAgain() throws SQLException {
        try (Sitter sitter = sitOn("SELECT count(*) FROM public.trades");
                Connection writer = ecosystem.connect();
                Statement statement = writer.createStatement()) {
            StringWriter said = new StringWriter();
            CompletableFuture<Ran> init = start(said, "init", "--lock-timeout", "200ms", "--timeout", "60s");
            await(() -> said.toString().contains(" holds public.trades"));

            // The server ends it with an error if the move keeps the table while it waits for the other one.
            statement.execute("SET lock_timeout = '10s'");
            for (int i = 0; i < 200; i++) {
                statement.execute("INSERT INTO public.orders (note) VALUES ('meanwhile')");
            }

            sitter.close();
            assertEquals(0, init.join().exitCode(), init.join()::toString);
        }
        assertEquals(List.of("200"), ecosystem.query("SELECT count(*) FROM exchange_okxNN.orders"));
    }

    @Test
    void aNameThatWouldEndADollarQuoteIsLockedLikeOthers() {
        ecosystem.execute("CREATE TABLE public.\"Odd$locks$b\" (id integer)");
        ecosystem.manifest("""
                services:
                  exchange-simulator: {migrate: {tables: ["Odd*"]}}
                instances:
                  exchange-okxNN: {service: exchange-simulator}
                """);

        ecosystem.init();

        assertEquals(List.of("Odd$locks$b"), tablesIn("exchange_okxNN"));
    }

    /** Somebody who did something in a transaction, and has left it open. */
    private record Sitter(Connection session, String pid) implements AutoCloseable {

        String shown() {
            return "pid " + pid + " (user postgres, idle in transaction, for ";
        }

        @Override
        public void close() throws SQLException {
            session.close();
        }
    }

    private Sitter sitOn(String sql) throws SQLException {
        Connection session = ecosystem.connect();
        session.setAutoCommit(false);
        String pid = ecosystem.query(session, "SELECT pg_backend_pid()").get(0);
        ecosystem.query(session, sql);
        return new Sitter(session, pid);
    }

    private List<String> tablesIn(String schema) {
        return ecosystem.query(
                "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace::regnamespace::text = ? ORDER BY 1",
                schema);
    }

    private CompletableFuture<Ran> start(StringWriter said, String... arguments) {
        return CompletableFuture.supplyAsync(() -> ecosystem.run(said, arguments));
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Pause.brief();
        }
    }
}
