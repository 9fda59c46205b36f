package io.provision.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import io.provision.testing.Tollgate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Others change the same catalogs while a run is at work ({@code postgres.md}, "Atomic, resumable, alone"). */
@Timeout(300)
class ConcurrentChangesTest {

    private static final String LOCK_HOLDER =
            """
            SELECT coalesce(backend_xmin::text, 'none') || ' ' || coalesce(backend_xid::text, 'none') || ' ' || state
            FROM pg_stat_activity
            WHERE pid IN (%s)
            """.formatted(LockOfRuns.BACKEND);

    @TempDir
    private Path folder;

    private TestEcosystem ecosystem;

    @BeforeEach
    void oneInstance() {
        ecosystem = TestEcosystem.in(folder);
        manifest("");
    }

    @Test
    void aRoleThatWasMadeSinceThePlanIsAdopted() throws Exception {
        Ran init = during("CREATE ROLE", () -> ecosystem.execute("CREATE ROLE exchange_okxNN_adapter LOGIN"));

        assertEquals(0, init.exitCode(), init::toString);
        ecosystem.assertNothingToDo();
    }

    @Test
    void anotherHandsGrantOnTheSameSchemaIsWaitedForAndBothStand() throws Exception {
        ecosystem.init();
        ecosystem.execute("CREATE ROLE otherNN");
        manifest("readers: [watcherNN]");

        Ran init = during("GRANT USAGE ON SCHEMA", this::grantSlowly);

        assertEquals(0, init.exitCode(), init::toString);
        ecosystem.assertNothingToDo();
        assertEquals(List.of("t"), ecosystem.query("""
                SELECT has_schema_privilege('otherNN', 'exchange_okxNN', 'CREATE')
                   AND has_schema_privilege('watcherNN', 'exchange_okxNN', 'USAGE')
                """));
    }

    @Test
    void theLockHoldsNoVacuumBack() throws Exception {
        List<String> holder = new ArrayList<>();

        Ran init = during("CREATE SCHEMA", () -> holder.addAll(ecosystem.query(LOCK_HOLDER)));

        assertEquals(0, init.exitCode(), init::toString);
        assertEquals(List.of("none none idle in transaction"), holder);
    }

    @Test
    void aFolderThatWasFilledWhileItsInstanceFailedIsKnownToTheJournal() throws Exception {
        ecosystem.manifest(
                """
                services: {exchange-simulator: {sql: sql}}
                instances:
                  exchange-okxNN: {service: exchange-simulator}
                """).file("sql/V1__bad.sql", "SELECT 1 / 0");
        Path data = folder.resolve(ecosystem.numbered("volumes/exchange-okxNN/data"));

        Ran init = during("CREATE SCHEMA", () -> write(data.resolve("orders")));
        Files.delete(data.resolve("orders"));
        Ran rollback = ecosystem.run("rollback", "--yes");

        assertEquals(1, init.exitCode(), init::toString);
        assertTrue(init.out().contains("it is not empty ("), init::toString);
        assertEquals(0, rollback.exitCode(), rollback::toString);
        assertEquals(false, ecosystem.stands("volumes"));
    }

    @Test
    void whatARollbackHasToKeepAfterItWasAgreedToIsTold() throws Exception {
        ecosystem.manifest(
                """
                services: {exchange-simulator: {sql: sql, migrate: {tables: [trades]}}}
                instances:
                  exchange-okxNN: {service: exchange-simulator}
                """).file("sql/V1__notes.sql", "CREATE TABLE notes (id integer)");
        ecosystem.execute("CREATE TABLE public.trades (id integer)");
        ecosystem.init();

        Ran rollback = during(
                "INSERT INTO", () -> ecosystem.execute("INSERT INTO exchange_okxNN.notes VALUES (1)"),
                "rollback", "--yes");

        assertEquals(0, rollback.exitCode(), rollback::toString);
        assertTrue(rollback.out().contains("kept: sql file V1__notes.sql"), rollback::toString);
        assertEquals(List.of("1"), ecosystem.query("SELECT count(*) FROM exchange_okxNN.notes"));
    }

    @Test
    void runsOnSeveralDatabasesGrantToOneReaderTogether() throws Exception {
        String reader = ecosystem.numbered("togetherNN");
        ecosystem.execute("CREATE ROLE togetherNN");
        List<CompletableFuture<Ran>> runs = new ArrayList<>();
        for (String name : List.of("a", "b", "c")) {
            TestEcosystem other = TestEcosystem.in(Files.createDirectory(folder.resolve(name))).manifest(
                    """
                    defaults: {readers: [%s]}
                    services: {exchange-simulator: {}}
                    instances:
                      exchange-okxNN: {service: exchange-simulator}
                    """.formatted(reader));
            runs.add(CompletableFuture.supplyAsync(() -> other.run("init")));
        }

        for (CompletableFuture<Ran> run : runs) {
            assertEquals(0, run.join().exitCode(), run.join()::toString);
        }
    }

    private void manifest(String defaults) {
        ecosystem.manifest(
                """
                defaults: {%s}
                services: {exchange-simulator: {}}
                instances:
                  exchange-okxNN: {service: exchange-simulator}
                """.formatted(defaults));
    }

    /** Its row of pg_namespace is changed, and free only when the run has come to it. */
    private void grantSlowly() {
        try {
            Connection other = ecosystem.connect();
            other.setAutoCommit(false);
            other.createStatement().execute(
                    ecosystem.numbered("GRANT CREATE ON SCHEMA exchange_okxNN TO otherNN"));
            CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS).execute(() -> commit(other));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void commit(Connection other) {
        try (other) {
            other.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void write(Path file) {
        try {
            Files.writeString(file, "kept");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Ran during(String text, Runnable happens) throws Exception {
        return during(text, happens, "init");
    }

    /**
     * Runs a command, and lets something happen right before it sends the first message with a statement that begins
     * so; in what the journal says of it, the name has other quotes.
     */
    private Ran during(String text, Runnable happens, String... command) throws Exception {
        AtomicBoolean happened = new AtomicBoolean();
        String url = ecosystem.postgresUrl();
        try (Tollgate gate = Tollgate.meanwhile(text + " \"", () -> {
            happens.run();
            happened.set(true);
        })) {
            ecosystem.connectingAs(gate.through(url));
            Ran ran = ecosystem.run(command);
            assertTrue(happened.get(), ran::toString);
            return ran;
        } finally {
            ecosystem.connectingAs(url);
        }
    }
}
