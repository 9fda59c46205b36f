package io.provision.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.ChildProvision;
import io.provision.testing.Pause;
import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import io.provision.testing.TestRedis;
import io.provision.testing.Tollgate;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** So many instances that their roles are made in two chunks: what goes on beside what, and what a failure leaves. */
@Timeout(120)
class OverlappingPhasesTest {

    /** The shared reader is in the first chunk, too. */
    private static final int IN_THE_FIRST = RoleChunk.FIRST - 1;

    private static final int ALL = IN_THE_FIRST + 3;

    private static final String ROLES = "SELECT rolname FROM pg_roles WHERE rolname LIKE 'exchange_%NN_adapter'";

    private static final String SCHEMAS = "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'exchange_%NN'";

    private static final String DONE = """
            SELECT instance
            FROM provision.intent_outcomes
            WHERE outcome = 'done'
              AND instance <> '*'
            """;

    @TempDir
    private Path folder;

    private TestEcosystem ecosystem;

    @BeforeEach
    void many() {
        ecosystem = TestEcosystem.in(folder);
        manifest("volumes: {dirs: [data]}");
    }

    /** @param service a key of the service's */
    private void manifest(String service) {
        ecosystem.manifest(IntStream.rangeClosed(1, ALL)
                .mapToObj("  exchange-%02dxNN: {service: exchange-simulator}\n"::formatted)
                .collect(Collectors.joining("", """
                        defaults:
                          readers: [readerNN]
                          redis_password: {generate: "secrets/{instance}"}
                        services:
                          exchange-simulator: {%s}
                        instances:
                        """.formatted(service), "")));
    }

    @Test
    void instancesAreMadeWhileTheRolesOfLaterOnesAre() throws SQLException {
        try (Connection other = makingTheLastRole()) {
            CompletableFuture<Ran> run = start("--lock-timeout", "100s");
            await(() -> run.isDone() || journalStands() && ecosystem.query(DONE).size() == IN_THE_FIRST);
            other.rollback();

            assertEquals(0, run.join().exitCode(), run.join()::toString);
        }
        ecosystem.assertNothingToDo();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "4"})
    void anInstanceWhoseRoleCannotBeMadeIsNamedAndTheOthersAreMade(String parallel) throws SQLException {
        Ran init;
        try (Connection other = makingTheLastRole()) {
            init = ecosystem.run("init", "--parallel", parallel, "--lock-timeout", "200ms", "--timeout", "2s");
            other.rollback();
        }

        assertEquals(1, init.exitCode(), init::toString);
        assertEquals(
                List.of(ecosystem.numbered("error: exchange-34xNN: making role exchange_34xNN_adapter failed: canceling"
                        + " statement due to lock timeout [55P03] — wait until the lock is free, or give it longer with"
                        + " `--lock-timeout`")),
                errors(init));
        assertTrue(init.err().contains("nothing of it was left behind"), init::toString);
        assertStandAndNothingElse(ALL - 1);
        assertEquals(List.of("done"), ecosystem.query(
                "SELECT outcome FROM provision.intent_outcomes WHERE instance = '*'"));
        ecosystem.init();
        ecosystem.assertNothingToDo();
    }

    /** What all need is made beside it, and stays. */
    @Test
    void anInstanceOfTheFirstOnesWhoseRoleCannotBeMadeStopsNoOtherEither() throws SQLException {
        Ran init;
        try (Connection other = makingTheRoleOf("07")) {
            init = ecosystem.run("init", "--lock-timeout", "200ms", "--timeout", "1s");
            other.rollback();
        }

        assertEquals(1, init.exitCode(), init::toString);
        assertEquals(1, errors(init).size(), init::toString);
        assertTrue(errors(init).get(0).startsWith(ecosystem.numbered(
                "error: exchange-07xNN: making role exchange_07xNN_adapter failed: ")), init::toString);
        assertEquals(ALL - 1, ecosystem.query(SCHEMAS).size());
        assertEquals(ALL - 1, ecosystem.query(ROLES).size());
        assertEquals(ALL - 1, ecosystem.redisUsers().size() - 1);
        assertEquals(List.of(), ecosystem.openIntents());
    }

    @Test
    void failFastNamesTheInstanceWhoseRoleCannotBeMadeAndTriesNoOther() throws SQLException {
        Ran init;
        try (Connection other = makingTheRoleOf("33")) {
            init = ecosystem.run("init", "--fail-fast", "--lock-timeout", "200ms", "--timeout", "1s");
            other.rollback();
        }

        assertEquals(1, init.exitCode(), init::toString);
        assertEquals(2, errors(init).size(), init::toString);
        assertTrue(init.err().contains(ecosystem.numbered(
                "error: exchange-33xNN: making role exchange_33xNN_adapter failed: ")), init::toString);
        assertTrue(errors(init).get(1).endsWith(ecosystem.numbered(
                "exchange-34xNN: not tried, because another instance failed (--fail-fast)")), init::toString);
        assertEquals(ecosystem.query(SCHEMAS).size(), ecosystem.query(ROLES).size());
        assertEquals(List.of(), ecosystem.openIntents());
    }

    /** Its role stands: the plan has the rest of it after all roles, and all of them need it. */
    @Test
    void whatIsLeftOfASharedRoleIsDoneBeforeAnyInstance() throws SQLException {
        String both = """
                  exchange-axNN: {service: exchange-simulator, role: bothNN}
                  exchange-bxNN: {service: exchange-simulator, role: bothNN}
                """;
        ecosystem.manifest("services: {exchange-simulator: {}}\ninstances:\n" + both);
        ecosystem.init();
        ecosystem.manifest("services: {exchange-simulator: {}}\ninstances:\n" + both
                + "  exchange-cxNN: {service: exchange-simulator, role: bothNN}\n"
                + IntStream.rangeClosed(1, ALL)
                        .mapToObj("  exchange-%02dxNN: {service: exchange-simulator}\n"::formatted)
                        .collect(Collectors.joining()));

        try (Connection other = makingTheLastRole()) {
            ecosystem.run("init", "--lock-timeout", "200ms", "--timeout", "2s");
            other.rollback();
        }

        assertEquals(
                List.of(ecosystem.numbered(
                        "{\"search_path=exchange_axNN, exchange_bxNN, exchange_cxNN, public\"}")),
                ecosystem.query("SELECT setconfig::text FROM pg_db_role_setting WHERE setrole = 'bothNN'::regrole"));
    }

    @Test
    void failFastMakesNoMoreRolesAndTakesThoseThatStandForNothingBack() {
        ecosystem.file("sql/V1__broken.sql", "SELECT nonsense");
        manifest("sql: sql");

        Ran init = ecosystem.run("init", "--fail-fast");

        assertEquals(1, init.exitCode(), init::toString);
        assertTrue(init.err().contains("not tried, because another instance failed (--fail-fast)"), init::toString);
        assertStandAndNothingElse(0);
    }

    /** From PostgreSQL 16 on, sessions that give and take memberships in one role wait for each other. */
    @Test
    void instancesThatFailAreUndoneWhileALoginWithoutSuperuserMakesTheRolesOfOthers() {
        ecosystem.provisioningLogin();
        ecosystem.file("sql/V1__broken.sql", "SELECT nonsense");
        manifest("sql: sql");

        Ran init = ecosystem.run("init");

        assertEquals(1, init.exitCode(), init::toString);
        assertEquals(ALL, init.err().split("V1__broken.sql", -1).length - 1, init::toString);
        assertTrue(init.err().contains("nothing of it was left behind"), init::toString);
        assertStandAndNothingElse(0);
    }

    @Test
    void whoeverEndsTheRunWhileRolesAreMadeFindsWholeInstancesAlone() throws Exception {
        try (Connection other = makingTheLastRole();
                ChildProvision run = ChildProvision.start(ecosystem, "init", "--lock-timeout", "100s")) {
            await(() -> !run.lives() || journalStands() && ecosystem.query(DONE).size() == IN_THE_FIRST);
            run.terminate();
            run.await();
            other.rollback();
        }

        assertStandAndNothingElse(IN_THE_FIRST);
        assertEquals(List.of("interrupted"), ecosystem.query("SELECT outcome FROM provision.run_outcomes"));
    }

    /** Nothing is begun before Redis is through; the roles that were made meanwhile go. */
    @Test
    void rolesThatWereMadeBesideARedisThatWentAwayAreTakenBack() throws Exception {
        TestRedis redis = TestRedis.with(Map.of());
        ecosystem.redis(redis.url());
        manifest("volumes: {dirs: [data]}");

        Ran init;
        try (Tollgate gate = Tollgate.meanwhile("SETUSER", () -> {
            await(() -> ecosystem.query(ROLES).size() == ALL);
            redis.stop();
        })) {
            init = ecosystem.run("init", "--redis-url", gate.through(redis.url()));
        }

        assertEquals(5, init.exitCode(), init::toString);
        assertEquals(List.of(), ecosystem.query(ROLES));
        assertEquals(List.of(), ecosystem.query(SCHEMAS));
        assertTrue(init.err().contains("warning: what was done for all instances could not be taken back: Redis at"),
                init::toString);
        assertEquals(ALL + 1, ecosystem.openIntents().size());
        ecosystem.redis(TestRedis.shared().url());
        manifest("volumes: {dirs: [data]}");
        ecosystem.init();
        ecosystem.assertNothingToDo();
    }

    private void assertStandAndNothingElse(int instances) {
        assertEquals(instances, ecosystem.query(SCHEMAS).size());
        assertEquals(instances, ecosystem.query(ROLES).size());
        assertEquals(instances, ecosystem.query(DONE).size());
        assertEquals(instances, ecosystem.redisUsers().size() - 1);
        for (int i = 1; i <= ALL; i++) {
            assertEquals(i <= instances, ecosystem.stands("volumes/exchange-%02dxNN/data".formatted(i)));
        }
        assertEquals(List.of(), ecosystem.openIntents());
    }

    /** Whoever makes the same role waits for what becomes of this one. */
    private Connection makingTheLastRole() throws SQLException {
        return makingTheRoleOf(Integer.toString(ALL));
    }

    private Connection makingTheRoleOf(String which) throws SQLException {
        Connection other = ecosystem.connect();
        other.setAutoCommit(false);
        try (Statement statement = other.createStatement()) {
            statement.execute(ecosystem.numbered("CREATE ROLE exchange_%sxNN_adapter".formatted(which)));
        }
        return other;
    }

    private CompletableFuture<Ran> start(String... further) {
        List<String> command = new ArrayList<>(List.of("init"));
        command.addAll(List.of(further));
        return CompletableFuture.supplyAsync(
                () -> ecosystem.run(command.toArray(String[]::new)), task -> new Thread(task, "a run").start());
    }

    private boolean journalStands() {
        return ecosystem.query("SELECT to_regclass('provision.intent_outcomes') IS NOT NULL").equals(List.of("t"));
    }

    private static List<String> errors(Ran ran) {
        return ran.err().lines().filter(line -> line.startsWith("error: ")).toList();
    }

    private static void await(BooleanSupplier state) {
        while (!state.getAsBoolean()) {
            Pause.brief();
        }
    }
}
