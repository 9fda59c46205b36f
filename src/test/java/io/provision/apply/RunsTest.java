package io.provision.apply;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.ChildProvision;
import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import java.io.IOException;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * One run at a time, and what becomes of one that is disturbed. A file of {@code sql:} waits for a lock that the test
 * holds: so the test knows where the run is.
 */
@Timeout(60)
class RunsTest {

    private static final String PATIENT = "60s";

    @TempDir
    private Path folder;

    private TestEcosystem ecosystem;
    private Connection gate;

    @BeforeEach
    void holdTheGate() throws SQLException {
        ecosystem = TestEcosystem.in(folder)
                .file("sql/V1__things.sql", """
                        SELECT pg_advisory_xact_lock_shared(4711);
                        CREATE TABLE things (id integer);
                        """)
                .manifest("""
                        services:
                          exchange-simulator: {sql: sql}
                        instances:
                          exchange-okxNN: {service: exchange-simulator}
                        """);
        gate = ecosystem.connect();
        try (Statement statement = gate.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(4711)");
        }
    }

    @AfterEach
    void openTheGate() throws SQLException {
        gate.close();
    }

    @Test
    void ofTwoAtOnceOneWorksAndTheOtherWaitsAndFindsNothingToDo() throws SQLException {
        CompletableFuture<Ran> first = start(ecosystem, new StringWriter());
        await(this::aRunWaitsAtTheGate);
        StringWriter said = new StringWriter();
        CompletableFuture<Ran> second = start(ecosystem, said);
        await(() -> said.toString().contains("waiting for provision init (pid "));

        gate.close();

        assertEquals(0, first.join().exitCode(), first.join()::toString);
        assertEquals(0, second.join().exitCode(), second.join()::toString);
        assertTrue(second.join().out().contains("nothing to do"), second.join()::toString);
        assertEquals(List.of("done"), ecosystem.query("SELECT outcome FROM provision.run_outcomes"));
    }

    @Test
    void whoDoesNotWantToWaitIsToldWhoHoldsTheLock() throws SQLException {
        CompletableFuture<Ran> first = start(ecosystem, new StringWriter());
        await(this::aRunWaitsAtTheGate);

        Ran second = ecosystem.run("init", "--wait", "0s");

        assertEquals(6, second.exitCode(), second::toString);
        assertTrue(second.err().contains("another run holds the lock of this database after 0 s: provision init (pid "),
                second::toString);
        assertTrue(second.err().contains("user postgres"), second::toString);
        gate.close();
        assertEquals(0, first.join().exitCode());
    }

    @Test
    void aRunWhoseBackendIsKilledAtWorkTriesAgain() throws SQLException {
        CompletableFuture<Ran> run = start(ecosystem, new StringWriter());
        await(this::aRunWaitsAtTheGate);
        String killed = waitingBackend().get(0);

        ecosystem.query("SELECT pg_terminate_backend(?::integer)", killed);
        await(() -> aRunWaitsAtTheGate() && !waitingBackend().contains(killed));
        gate.close();

        assertEquals(0, run.join().exitCode(), run.join()::toString);
        assertEquals(List.of("1"), ecosystem.query("SELECT count(*) FROM provision.changes WHERE kind = 'sql_file'"));
        assertEquals(List.of("done"), outcomes());
    }

    @Test
    void aRunThatLostItsLockCommitsNothing() throws SQLException {
        CompletableFuture<Ran> run = start(ecosystem, new StringWriter());
        await(this::aRunWaitsAtTheGate);

        ecosystem.query("SELECT pg_terminate_backend(?::integer)", ecosystem.query(LockOfRuns.BACKEND).get(0));
        gate.close();

        assertEquals(1, run.join().exitCode(), run.join()::toString);
        assertTrue(run.join().err().contains("the connection that holds the run's lock was lost"),
                run.join()::toString);
        assertEquals(List.of(), ecosystem.query("SELECT nspname FROM pg_namespace WHERE nspname = 'exchange_okxNN'"));
        assertAll(
                () -> ecosystem.init(),
                () -> assertEquals(List.of("recovered", "done"), outcomes()));
    }

    /** Another one may have come, and found the folders standing. */
    @Test
    void aRunThatLostItsLockLeavesTheDiskToTheNextOne() throws SQLException {
        CompletableFuture<Ran> first = start(ecosystem, new StringWriter());
        await(this::aRunWaitsAtTheGate);
        ecosystem.query("SELECT pg_terminate_backend(?::integer)", ecosystem.query(LockOfRuns.BACKEND).get(0));
        CompletableFuture<Ran> second = start(ecosystem, new StringWriter());

        await(() -> {
            boolean takenOver = !ended().isEmpty();
            if (!takenOver) {
                waitingBackend().forEach(pid -> ecosystem.query("SELECT pg_terminate_backend(?::integer)", pid));
            }
            return takenOver;
        });
        gate.close();

        assertEquals(1, first.join().exitCode(), first.join()::toString);
        assertTrue(first.join().err().contains("another run has taken over from this one, and ended it in the journal"),
                first.join()::toString);
        assertFalse(first.join().err().contains("duplicate key"), first.join()::toString);
        assertEquals(0, second.join().exitCode(), second.join()::toString);
        assertTrue(ecosystem.stands("volumes/exchange-okxNN/data"));
        assertEquals(List.of("abandoned", "done"), ended());
    }

    private List<String> ended() {
        return ecosystem.query("SELECT outcome FROM provision.run_outcomes ORDER BY finished_at");
    }

    /** Writers may be waiting for the locks of the instance by then. */
    @Test
    void whileTheServerHoldsTheLockACommitDoesNotWaitForTheConnectionThatHangs() throws Exception {
        CompletableFuture<Ran> run = start(ecosystem, new StringWriter());
        await(this::aRunWaitsAtTheGate);
        String backend = ecosystem.query(LockOfRuns.BACKEND).get(0);
        signal("STOP", backend);
        try {
            gate.close();
            await(() -> run.isDone() || outcomes().equals(List.of("done")));
        } finally {
            signal("CONT", backend);
        }

        assertEquals(0, run.join().exitCode(), run.join()::toString);
        assertEquals(List.of("done"), outcomes());
    }

    private static void signal(String name, String pid) throws Exception {
        assertEquals(0, new ProcessBuilder("kill", "-" + name, pid).inheritIO().start().waitFor());
    }

    @Test
    void whatAKilledRunDidIsJournaledByTheNextOne() throws Exception {
        theServerDoesNotSeeThatAClientIsGone();
        try (ChildProvision killed = ChildProvision.start(ecosystem, "init", "--lock-timeout", PATIENT)) {
            await(this::aRunWaitsAtTheGate);
            assertTrue(ecosystem.stands("volumes/exchange-okxNN/data"));
            killed.kill();
        }
        String run = ecosystem.query("SELECT run FROM provision.runs").get(0);

        Ran tooEarly = ecosystem.run("init", "--wait", "0s");
        gate.close();
        ecosystem.init();

        assertEquals(6, tooEarly.exitCode(), tooEarly::toString);
        assertEquals(List.of("abandoned"), ecosystem.query(
                "SELECT outcome FROM provision.run_outcomes WHERE run = ?", run));
        assertEquals(List.of("recovered"), ecosystem.query(
                "SELECT outcome FROM provision.intent_outcomes WHERE run = ? AND instance = 'exchange-okxNN'", run));
        assertEquals(List.of("3"), ecosystem.query("""
                SELECT count(*)
                FROM provision.changes
                WHERE run = ?
                  AND instance = 'exchange-okxNN'
                  AND store = 'volume'
                """, run));
        assertEquals(List.of("0"), ecosystem.query("""
                SELECT count(*)
                FROM provision.intents i
                WHERE NOT EXISTS (
                    SELECT
                    FROM provision.intent_outcomes o
                    WHERE (o.run, o.instance) = (i.run, i.instance)
                  )
                """));
        ecosystem.assertNothingToDo();
    }

    @Test
    void aServerThatIsNotThereIsToldInASentence() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        ecosystem.connectingAs("postgresql://somebody:hidden@127.0.0.1:" + port + "/nowhere");

        Ran init = ecosystem.run("init");

        assertEquals(5, init.exitCode(), init::toString);
        assertEquals(1, init.err().lines().filter(line -> line.startsWith("error: ")).count(), init::toString);
        assertTrue(init.err().contains("PostgreSQL at postgresql://somebody:***@127.0.0.1:" + port), init::toString);
        assertFalse(init.err().contains("hidden"), init::toString);
    }

    private void theServerDoesNotSeeThatAClientIsGone() {
        String script = ecosystem.read("sql/V1__things.sql");
        ecosystem.file("sql/V1__things.sql", "SET LOCAL client_connection_check_interval = 0; " + script);
    }

    private static CompletableFuture<Ran> start(TestEcosystem ecosystem, StringWriter said) {
        return CompletableFuture.supplyAsync(() -> ecosystem.run(said, "init", "--lock-timeout", PATIENT),
                task -> new Thread(task, "a run").start());
    }

    private List<String> outcomes() {
        return ecosystem.query(
                "SELECT outcome FROM provision.intent_outcomes WHERE instance = 'exchange-okxNN' ORDER BY closed_at");
    }

    private boolean aRunWaitsAtTheGate() {
        return !waitingBackend().isEmpty();
    }

    private List<String> waitingBackend() {
        return ecosystem.query("""
                SELECT pid
                FROM pg_locks
                WHERE locktype = 'advisory'
                  AND objid = 4711
                  AND NOT granted
                  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                """);
    }

    private static void await(BooleanSupplier state) {
        while (!state.getAsBoolean()) {
            if (Thread.interrupted()) {
                throw new AssertionError("waited in vain");
            }
        }
    }
}
