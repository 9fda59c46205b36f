package io.provision.migration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import io.provision.testing.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Locks are taken in the order in which queries take them: whoever has begun a query goes on, and never hears of a
 * deadlock. Somebody holds what the run then waits for; a client comes; the holder lets go. The run has more patience
 * than the server has before it looks for deadlocks.
 */
@Timeout(60)
class LockOrderTest {

    private static final String NESTED_VIEWS = """
            CREATE TABLE public.a_trades (id integer, note text);
            CREATE VIEW public.m_lines AS SELECT * FROM public.a_trades;
            CREATE VIEW public.z_report AS SELECT * FROM public.m_lines;
            """;

    private static final String A_TREE = """
            CREATE TABLE public.trades (id integer, note text);
            CREATE TABLE public.old_trades () INHERITS (public.trades);
            CREATE TABLE public.ancient_trades () INHERITS (public.old_trades);
            """;

    @TempDir
    private Path folder;

    private TestEcosystem ecosystem;

    private static Stream<Arguments> onTheWayThere() {
        return Stream.of(
                arguments("a parent before its children", A_TREE,
                        "trades", "old_trades", "trades"),
                arguments("children before theirs", A_TREE,
                        "trades", "ancient_trades", "trades"),
                arguments("a view before its table", NESTED_VIEWS,
                        "a_trades, m_lines, z_report", "a_trades", "z_report"),
                arguments("the outermost view first", NESTED_VIEWS,
                        "a_trades, m_lines, z_report", "m_lines", "z_report"),
                arguments("a partitioned table before its partitions", """
                        CREATE TABLE public.trades (id integer) PARTITION BY RANGE (id);
                        CREATE TABLE public.new_trades PARTITION OF public.trades FOR VALUES FROM (1) TO (9);
                        """,
                        "trades", "new_trades", "trades"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("onTheWayThere")
    void whoReadsIsLeftInPeaceOnTheWayThere(String order, String ddl, String tables, String held, String read)
            throws SQLException {
        ecosystem(ddl, "{tables: [%s]}".formatted(tables));

        aReaderComesWhileTheRunWaits(held, read, "init");
    }

    private static Stream<Arguments> onTheWayBack() {
        return Stream.of(
                arguments("a compat view before its table", "CREATE TABLE public.trades (id integer, note text)",
                        "{tables: [trades], views: compat}", "exchange_okxNN.trades", "public.trades"),
                arguments("a parent before its children", A_TREE,
                        "{tables: [trades]}", "ancient_trades", "trades"),
                arguments("the outermost view first", NESTED_VIEWS,
                        "{tables: [a_trades, m_lines, z_report]}", "m_lines",
                        "z_report"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("onTheWayBack")
    void whoReadsIsLeftInPeaceOnTheWayBack(String order, String ddl, String migrate, String held, String read)
            throws SQLException {
        ecosystem(ddl, migrate);
        ecosystem.init();

        aReaderComesWhileTheRunWaits(held, read, "rollback", "--yes");
    }

    /** It is looked into before it goes, and after the whole that it is a part of is locked. */
    @Test
    void whoReadsThroughAnEmptiedPartitionOfAFileIsLeftInPeaceOnTheWayBack() throws SQLException {
        ecosystem = TestEcosystem.in(folder)
                .file("sql/V1__part.sql", "CREATE TABLE a_part PARTITION OF trades FOR VALUES FROM (1) TO (9)")
                .manifest("""
                        services:
                          exchange-simulator: {owner: admin, sql: sql, migrate: {tables: [trades]}}
                        instances:
                          exchange-okxNN: {service: exchange-simulator}
                        """);
        ecosystem.execute("CREATE TABLE public.trades (id integer) PARTITION BY RANGE (id)");
        ecosystem.init();
        ecosystem.execute("INSERT INTO exchange_okxNN.trades VALUES (1); DELETE FROM exchange_okxNN.trades");

        aReaderComesWhileTheRunWaitsForWhoever("SELECT * FROM a_part", "trades", "rollback", "--yes");
    }

    /** From 18 on REVOKE takes a lock, too. */
    @Tag("full")
    @ParameterizedTest
    @ValueSource(ints = {13, 18})
    void theSameOnOtherVersions(int major) throws SQLException {
        assumeTrue(TestPostgres.isAvailable(major), "no binaries of PostgreSQL " + major);
        ecosystem(TestPostgres.shared(major), A_TREE, "{tables: [trades]}");
        ecosystem.init();

        aReaderComesWhileTheRunWaits("ancient_trades", "trades", "rollback", "--yes");
    }

    private void ecosystem(String ddl, String migrate) {
        ecosystem(TestPostgres.shared(), ddl, migrate);
    }

    private void ecosystem(TestPostgres postgres, String ddl, String migrate) {
        ecosystem = TestEcosystem.on(postgres, folder).manifest("""
                services:
                  exchange-simulator: {migrate: %s}
                instances:
                  exchange-okxNN: {service: exchange-simulator}
                """.formatted(migrate));
        ecosystem.execute(ddl);
    }

    /** The reader finds what it reads by its search path, wherever it is by then. */
    private void aReaderComesWhileTheRunWaits(String held, String read, String... command) throws SQLException {
        // Nothing else takes the lock of a view, and of nothing that it reads.
        aReaderComesWhileTheRunWaitsForWhoever("ALTER TABLE %s OWNER TO postgres".formatted(held), read, command);
    }

    private void aReaderComesWhileTheRunWaitsForWhoever(String does, String read, String... command)
            throws SQLException {
        try (Connection holder = ecosystem.connect(); Connection reader = ecosystem.connect()) {
            holder.setAutoCommit(false);
            ecosystem.query(holder, "SELECT set_config('search_path', 'exchange_okxNN, public', TRUE)");
            try (Statement statement = holder.createStatement()) {
                statement.execute(ecosystem.numbered(does));
            }
            CompletableFuture<Ran> run = CompletableFuture.supplyAsync(() -> ecosystem.run(patient(command)));
            await(run, () -> somebodyWaitsFor("AccessExclusiveLock"));
            CompletableFuture<List<String>> answer = CompletableFuture.supplyAsync(() -> count(reader, read));
            await(run, () -> somebodyWaitsFor("AccessShareLock"));

            holder.rollback();

            assertEquals(List.of("0"), answer.join());
            assertEquals(0, run.join().exitCode(), run.join()::toString);
        }
    }

    private static String[] patient(String... command) {
        return Stream.concat(Stream.of(command), Stream.of("--lock-timeout", "30s")).toArray(String[]::new);
    }

    private List<String> count(Connection reader, String relation) {
        try {
            ecosystem.query(reader, "SELECT set_config('search_path', 'exchange_okxNN, public', FALSE)");
            return ecosystem.query(reader, "SELECT count(*) FROM " + relation);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean somebodyWaitsFor(String mode) {
        return !ecosystem.query("""
                SELECT pid
                FROM pg_locks
                WHERE NOT granted
                  AND mode = ?
                  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                """, mode).isEmpty();
    }

    private static void await(CompletableFuture<Ran> run, BooleanSupplier state) {
        while (!state.getAsBoolean()) {
            if (Thread.interrupted() || run.isDone() && !state.getAsBoolean()) {
                throw new AssertionError("waited in vain for the run: " + run.getNow(null));
            }
        }
    }
}
