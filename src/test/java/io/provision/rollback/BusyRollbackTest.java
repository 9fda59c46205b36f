package io.provision.rollback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody is at work on what the way back locks, though it neither moves nor drops it. */
@Timeout(60)
class BusyRollbackTest {

    @TempDir
    private Path folder;

    private TestEcosystem ecosystem;
    private Catalogs before;

    @BeforeEach
    void tablesThatFilesBuildOn() {
        on(TestPostgres.shared(), ", views: compat");
    }

    private void on(TestPostgres postgres, String how) {
        ecosystem = TestEcosystem.on(postgres, folder).manifest("""
                services:
                  exchange-simulator: {owner: admin, sql: sql, migrate: {tables: [orders]%s}}
                instances:
                  exchange-okxNN: {service: exchange-simulator}
                """.formatted(how));
        ecosystem.execute("""
                CREATE TABLE public.accounts (id integer PRIMARY KEY);
                CREATE TABLE public.regions (id integer PRIMARY KEY) PARTITION BY RANGE (id);
                CREATE TABLE public.far_regions PARTITION OF public.regions FOR VALUES FROM (9) TO (99);
                CREATE TABLE public.orders (id bigserial PRIMARY KEY, note text, account integer, region integer);
                """);
        before = ecosystem.catalogs();
    }

    private void init(String sql) {
        ecosystem.file("sql/V1__more.sql", sql).init();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CREATE TABLE notes (account integer REFERENCES public.accounts) | public.accounts
            ALTER TABLE orders ADD CONSTRAINT "is on" FOREIGN KEY (account) REFERENCES public.accounts | public.accounts
            """)
    void whoHoldsItIsToldAndNothingIsDone(String sql, String held) throws SQLException {
        isToldAndNothingIsDone(sql, held);
    }

    @Tag("full")
    @Test
    void aLookGivesUpOnATableThatSomebodyHasToHimself() throws SQLException {
        init("CREATE TABLE notes (id integer)");
        try (Connection sitter = ecosystem.connect()) {
            sitter.setAutoCommit(false);
            sitter.createStatement().execute(
                    ecosystem.numbered("LOCK TABLE exchange_okxNN.notes IN ACCESS EXCLUSIVE MODE"));

            Ran look = ecosystem.run("rollback", "--dry-run");

            assertEquals(1, look.exitCode(), look::toString);
            assertTrue(look.err().contains("[55P03]"), look::toString);
            assertTrue(look.err().contains("wait until the lock is free"), look::toString);
        }
    }

    @Tag("full")
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CREATE TABLE notes (region integer REFERENCES public.regions) | public.far_regions
            CREATE STATISTICS more ON note, account FROM orders           | exchange_okxNN.orders
            CREATE INDEX more ON orders (note)                            | exchange_okxNN.orders
            """)
    void whoHoldsAPartOfItOrTheWholeIsTold(String sql, String held) throws SQLException {
        isToldAndNothingIsDone(sql, held);
    }

    @Tag("full")
    @ParameterizedTest
    @ValueSource(ints = {13, 14, 15, 16, 18})
    void theSameOnOtherVersions(int major) throws SQLException {
        assumeTrue(TestPostgres.isAvailable(major), "no binaries of PostgreSQL " + major);
        on(TestPostgres.shared(major), "");

        isToldAndNothingIsDone("CREATE TABLE notes (account integer REFERENCES public.accounts)", "public.accounts");
    }

    private void isToldAndNothingIsDone(String sql, String held) throws SQLException {
        init(sql);
        Catalogs moved = ecosystem.catalogs();
        try (Connection sitter = sitOn("SELECT count(*) FROM " + held)) {
            Ran rollback = ecosystem.run("rollback", "--yes", "--lock-timeout", "50ms", "--timeout", "100ms");

            assertEquals(1, rollback.exitCode(), rollback::toString);
            assertTrue(rollback.err().contains("[55P03]"), rollback::toString);
            assertTrue(rollback.err().contains(ecosystem.numbered(" holds " + held)), rollback::toString);
            assertTrue(rollback.err().contains("pid " + pid(sitter)), rollback::toString);
        }
        assertEquals(moved, ecosystem.catalogs());
        ecosystem.rollback();
        assertEquals(before, ecosystem.catalogs());
    }

    @Tag("full")
    @ParameterizedTest
    @CsvSource({"REFERENCES", "'REFERENCES, UPDATE'"})
    void aTableOfAnotherOwnerIsWaitedForAsLong(String granted) throws SQLException {
        TestPostgres.Login login = ecosystem.provisioningLogin();
        ecosystem.execute("GRANT USAGE, CREATE ON SCHEMA public TO %1$s; ALTER TABLE public.orders OWNER TO %1$s;"
                .formatted(login.name()) + "GRANT %s ON public.accounts TO %s".formatted(granted, login.name()));
        init("CREATE TABLE notes (account integer REFERENCES public.accounts)");
        try (Connection sitter = sitOn("SELECT count(*) FROM public.accounts")) {
            Ran rollback = ecosystem.run("rollback", "--yes", "--lock-timeout", "50ms", "--timeout", "100ms");

            assertEquals(1, rollback.exitCode(), rollback::toString);
            assertTrue(rollback.err().contains("pid " + pid(sitter)), rollback::toString);
            assertTrue(rollback.err().contains(" holds public.accounts"), rollback::toString);
        }
        ecosystem.rollback();
        assertEquals(
                List.of("r"), ecosystem.query("SELECT relkind FROM pg_class WHERE oid = 'public.orders'::regclass"));
    }

    @Test
    void whoHoldsTheSchemaIsTold() throws SQLException {
        init("CREATE TABLE notes (id integer)");
        try (Connection sitter = sitOn("SELECT 1"); Statement statement = sitter.createStatement()) {
            statement.execute(ecosystem.numbered("CREATE TABLE exchange_okxNN.scratch (id integer)"));

            Ran rollback = ecosystem.run("rollback", "--yes", "--lock-timeout", "50ms", "--timeout", "100ms");

            assertEquals(1, rollback.exitCode(), rollback::toString);
            assertTrue(rollback.err().contains(ecosystem.numbered(" holds the schema exchange_okxNN")),
                    rollback::toString);
            assertTrue(rollback.err().contains("it stands as before: mend that, then run"), rollback::toString);
        }
        ecosystem.rollback();
        assertEquals(before, ecosystem.catalogs());
    }

    @Test
    void whoWritesToATableThatGoesBackDoesNotWaitForWhoeverHoldsAnotherOne() throws SQLException {
        init("CREATE TABLE notes (account integer REFERENCES public.accounts, "
                + "region integer REFERENCES public.regions)");
        try (Connection sitter = sitOn("SELECT count(*) FROM public.accounts");
                Connection writer = ecosystem.connect();
                Statement statement = writer.createStatement()) {
            StringWriter said = new StringWriter();
            CompletableFuture<Ran> rollback = CompletableFuture.supplyAsync(
                    () -> ecosystem.run(said, "rollback", "--yes", "--lock-timeout", "200ms", "--timeout", "60s"));
            while (!said.toString().contains(" holds public.accounts") && !rollback.isDone()
                    && !Thread.interrupted()) {
                Pause.brief();
            }

            // The server ends it with an error if the way back keeps the table while it waits for the other one.
            statement.execute("SET lock_timeout = '10s'");
            for (int i = 0; i < 200; i++) {
                statement.execute("INSERT INTO public.orders (note) VALUES ('meanwhile')");
            }

            sitter.close();
            assertEquals(0, rollback.join().exitCode(), rollback.join()::toString);
        }
        assertEquals(List.of("200"), ecosystem.query("SELECT count(*) FROM public.orders"));
    }

    @Test
    void aTableOfAFileIsWaitedForBeforeAnythingElseIsLocked() throws SQLException {
        init("CREATE TABLE zz_notes (id integer)");
        try (Connection sitter = sitOn("SELECT count(*) FROM exchange_okxNN.zz_notes")) {
            CompletableFuture<Ran> rollback = CompletableFuture.supplyAsync(
                    () -> ecosystem.run("rollback", "--yes", "--lock-timeout", "30s"));
            while (exclusive("exchange_okxNN.zz_notes").isEmpty() && !rollback.isDone() && !Thread.interrupted()) {
                Pause.brief();
            }

            assertEquals(List.of("f"), exclusive("exchange_okxNN.zz_notes"));
            assertEquals(List.of(), exclusive("exchange_okxNN.orders"));

            sitter.rollback();
            assertEquals(0, rollback.join().exitCode(), rollback.join()::toString);
        }
        assertEquals(before, ecosystem.catalogs());
    }

    /** Whether it has the lock, of whoever wants it. */
    private List<String> exclusive(String table) {
        return ecosystem.query("""
                SELECT granted
                FROM pg_locks
                WHERE relation = '%s'::regclass
                  AND mode = 'AccessExclusiveLock'
                """.formatted(table));
    }

    @Test
    void deletedRowsAreLookedThroughOnceAndBeforeTheTableThatGoesBackIsLocked() {
        init("CREATE TABLE zz_notes (id integer)");
        ecosystem.execute("INSERT INTO exchange_okxNN.zz_notes VALUES (1); DELETE FROM exchange_okxNN.zz_notes");
        long mark = ecosystem.postgres().mark();

        ecosystem.rollback();

        List<String> looksAndLocks = Pattern.compile(": DO '\\s+DECLARE\\s+(filled|deadline)")
                .matcher(ecosystem.postgres().logSince(mark))
                .results()
                .map(found -> found.group(1))
                .toList();
        assertEquals(List.of("deadline", "filled", "deadline"), looksAndLocks);
        assertEquals(before, ecosystem.catalogs());
    }

    @Test
    void whatIsBusyIsKeptAndTheEmptiedTablesBesideItAreNot() throws SQLException {
        ecosystem.file("sql/V2__two.sql", "CREATE TABLE two (id integer)");
        init("CREATE TABLE one (id integer)");
        for (String table : List.of("one", "two")) {
            ecosystem.execute("INSERT INTO exchange_okxNN.%1$s VALUES (1); DELETE FROM exchange_okxNN.%1$s"
                    .formatted(table));
        }
        try (Connection sitter = sitOn("SELECT 1"); Statement statement = sitter.createStatement()) {
            // As VACUUM does.
            statement.execute(ecosystem.numbered("LOCK TABLE exchange_okxNN.one IN SHARE UPDATE EXCLUSIVE MODE"));

            Ran rollback = ecosystem.run("rollback", "--dry-run");

            assertTrue(rollback.out().contains(ecosystem.numbered(
                            "the table exchange_okxNN.one could not be looked into for rows: pid " + pid(sitter))),
                    rollback::toString);
            assertTrue(rollback.out().contains(ecosystem.numbered("DROP TABLE exchange_okxNN.two")),
                    rollback::toString);
            assertFalse(rollback.out().contains("--discard-data"), rollback::toString);
        }
    }

    @Test
    void aPartitionThatAFileMadeAndIsEmptiedGoes() {
        ecosystem.execute("CREATE TABLE public.ticks (id integer) PARTITION BY RANGE (id)");
        before = ecosystem.catalogs();
        ecosystem.manifest("""
                services:
                  exchange-simulator: {owner: admin, sql: sql, migrate: {tables: [ticks]}}
                instances:
                  exchange-okxNN: {service: exchange-simulator}
                """);
        init("CREATE TABLE new_ticks PARTITION OF ticks FOR VALUES FROM (1) TO (9)");
        ecosystem.execute("INSERT INTO exchange_okxNN.ticks VALUES (1); DELETE FROM exchange_okxNN.ticks");

        ecosystem.rollback();

        assertEquals(before, ecosystem.catalogs());
    }

    private Connection sitOn(String sql) throws SQLException {
        Connection session = ecosystem.connect();
        session.setAutoCommit(false);
        ecosystem.query(session, sql);
        return session;
    }

    private String pid(Connection session) throws SQLException {
        return ecosystem.query(session, "SELECT pg_backend_pid()").get(0);
    }
}
