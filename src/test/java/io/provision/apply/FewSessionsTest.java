package io.provision.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.Pause;
import io.provision.testing.SmallPool;
import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import io.provision.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A login that gets fewer sessions than {@code --parallel} asks for, beside the one that keeps the run's lock. */
@Timeout(300)
class FewSessionsTest {

    private static final int ALL = 12;

    private static final String ROLES = "SELECT rolname FROM pg_roles WHERE rolname LIKE 'exchange_%NN_adapter'";

    private static final String SCHEMAS = "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'exchange_%NN'";

    /** In the file of an instance. */
    private static final String WAITING = """
            SELECT pid
            FROM pg_locks
            WHERE locktype = 'advisory'
              AND objid = NN
              AND NOT granted
              AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            """;

    private static final int REFUSED_FOR_A_WORKER = 5;

    /** Seven for what is tried again of it, seven for taking it back; what comes then is for the next one. */
    private static final int REFUSED_FOR_AN_INSTANCE = 14;

    @TempDir
    private Path folder;

    private TestEcosystem ecosystem;
    private TestPostgres.Login login;

    @BeforeEach
    void many() {
        ecosystem = TestEcosystem.in(folder);
        login = ecosystem.provisioningLogin();
        manifest("volumes: {dirs: [data]}");
    }

    /** @param service a key of the service's */
    private void manifest(String service) {
        ecosystem.manifest(IntStream.rangeClosed(1, ALL)
                .mapToObj("  exchange-%02dxNN: {service: exchange-simulator}\n"::formatted)
                .collect(Collectors.joining("", """
                        defaults:
                          redis_password: {generate: "secrets/{instance}"}
                        services:
                          exchange-simulator: {%s}
                        instances:
                        """.formatted(service), "")));
    }

    private void limit(int connections) {
        ecosystem.execute("ALTER ROLE %s CONNECTION LIMIT %d".formatted(login.name(), connections));
    }

    @ParameterizedTest
    @CsvSource({"3, 2", "2, 1"})
    void aRunMakesDoWithTheSessionsThatItGets(int limit, int working) throws Exception {
        ecosystem.file("sql/V1__wait.sql", "SELECT pg_advisory_xact_lock_shared(NN)");
        manifest("volumes: {dirs: [data]}, sql: sql");
        limit(limit);
        CompletableFuture<Ran> run;
        try (Connection gate = ecosystem.connect()) {
            ecosystem.query(gate, "SELECT pg_advisory_lock(NN)::text");
            long mark = ecosystem.postgres().mark();
            run = CompletableFuture.supplyAsync(
                    () -> ecosystem.run("init", "--parallel", "4", "--lock-timeout", "200s"));
            // Or one would get the session of another one that has done all there was.
            await(run, () -> refusals(mark) >= REFUSED_FOR_A_WORKER * (4 - working) && isNobodyLoggingIn());
        }
        Ran init = run.get();

        assertEquals(0, init.exitCode(), init::toString);
        assertEquals(ALL, ecosystem.query(SCHEMAS).size());
        List<String> warnings = warnings(init);
        assertEquals(1, warnings.size(), init::toString);
        assertTrue(warnings.get(0).startsWith("warning: %d of the 4 sessions that were wanted did the work".formatted(
                working)), init::toString);
        assertTrue(warnings.get(0).contains("too many connections for role \"" + login.name() + "\" [53300]"),
                init::toString);
        ecosystem.assertNothingToDo();
        assertEquals(0, ecosystem.run("rollback", "--yes").exitCode());
        assertEquals(List.of(), ecosystem.query(ROLES));
    }

    /** One that broke, and that the server does not give again, is not counted among those that did the work. */
    @Test
    void aRunThatLosesASessionForGoodCountsTheOthers() throws Exception {
        ecosystem.file("sql/V1__wait.sql", "SELECT pg_advisory_xact_lock_shared(NN)");
        manifest("volumes: {dirs: [data]}, sql: sql");
        CompletableFuture<Ran> run;
        try (Connection gate = ecosystem.connect()) {
            ecosystem.query(gate, "SELECT pg_advisory_lock(NN)::text");
            run = CompletableFuture.supplyAsync(
                    () -> ecosystem.run("init", "--parallel", "2", "--lock-timeout", "200s"));
            await(run, () -> ecosystem.query(WAITING).size() == 2);
            long mark = ecosystem.postgres().mark();
            limit(1);

            ecosystem.query("SELECT pg_terminate_backend(pid) FROM (%s LIMIT 1) one".formatted(WAITING));

            await(run, () -> refusals(mark) > REFUSED_FOR_AN_INSTANCE);
        }
        Ran init = run.get();

        assertFalse(init.err().contains("2 of the 2 sessions"), init::toString);
        assertTrue(init.err().contains("1 of the 2 sessions that were wanted did the work"), init::toString);
    }

    private static boolean isNobodyLoggingIn() {
        return Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("provision-login"));
    }

    private int refusals(long mark) {
        return ecosystem.postgres().logSince(mark).split("too many connections for role", -1).length - 1;
    }

    private static void await(CompletableFuture<Ran> run, BooleanSupplier state) {
        while (!state.getAsBoolean() && !run.isDone()) {
            Pause.brief();
        }
    }

    /** Those that looked, and are closed by then, take nobody's place. */
    @Test
    void aRunThatGetsAllOfThemWarnsOfNothing() {
        limit(5);

        Ran init = ecosystem.run("init", "--parallel", "4");

        assertEquals(0, init.exitCode(), init::toString);
        assertEquals(List.of(), warnings(init), init::toString);
    }

    /** A pool that gives each client a connection for itself has those wait whom it has none for. */
    @Test
    void aRunWaitsForNoneThatAPoolDoesNotGive() throws IOException {
        try (SmallPool pool = new SmallPool(ecosystem.postgres().port(), 2)) {
            ecosystem.connectingAs(ecosystem.postgresUrl().replace(
                    ":" + ecosystem.postgres().port() + "/", ":" + pool.port() + "/"));

            Ran init = ecosystem.run("init", "--timeout", "2s");

            assertEquals(0, init.exitCode(), init::toString);
        }
        assertEquals(ALL, ecosystem.query(SCHEMAS).size());
    }

    /** What takes back has a session of its own, and there may be none left for it. */
    @Test
    void instancesThatFailAreUndoneWhereNoFurtherSessionIsToBeHad() {
        ecosystem.file("sql/V1__broken.sql", "SELECT nonsense");
        manifest("volumes: {dirs: [data]}, sql: sql");
        limit(2);

        Ran init = ecosystem.run("init");

        assertEquals(1, init.exitCode(), init::toString);
        assertTrue(init.err().contains("nothing of it was left behind"), init::toString);
        assertFalse(init.err().contains("could not be taken back"), init::toString);
        assertEquals(ALL, init.err().split("V1__broken.sql", -1).length - 1, init::toString);
        assertEquals(List.of(), ecosystem.query(ROLES));
        assertEquals(List.of(), ecosystem.query(SCHEMAS));
        assertEquals(List.of(), ecosystem.openIntents());
    }

    @Test
    void aRunThatGetsNoneSaysWhichLimitItMetAndWhatItTakes() {
        limit(1);

        Ran init = ecosystem.run("init");

        assertEquals(5, init.exitCode(), init::toString);
        assertTrue(init.err().contains("too many connections for role \"" + login.name() + "\" [53300]"),
                init::toString);
        assertTrue(init.err().contains("with `--parallel 1` a run makes do with two"), init::toString);
        assertEquals(List.of(), ecosystem.query(ROLES));
    }

    private static List<String> warnings(Ran ran) {
        return ran.err().lines().filter(line -> line.startsWith("warning: ")).toList();
    }
}
