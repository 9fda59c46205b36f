package io.provision.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import io.provision.testing.TestRedis;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisAccessControlException;

/** New passwords in both stores; what a service logs in with, told by logging in with it. */
@Timeout(60)
class RotateTest {

    private static final String ROLE = "exchange_okxNN_adapter";
    private static final String USER = "exchange-okxNN-adapter";
    private static final String SECRET = "secrets/exchange-okxNN";

    @TempDir
    private Path folder;

    private TestEcosystem ecosystem;
    private TestRedis server;
    private Jedis redis;

    @BeforeEach
    void twoInstances() {
        ecosystem = TestEcosystem.in(folder).manifest("""
                defaults: {password: {generate: "secrets/{instance}"}, volumes: {dirs: []}}
                services: {exchange-simulator: {}}
                instances:
                  exchange-okxNN: {service: exchange-simulator}
                  exchange-binanceNN: {service: exchange-simulator}
                """);
        server = TestRedis.shared();
        redis = server.connect();
    }

    @AfterEach
    void disconnect() {
        redis.close();
    }

    @Test
    void theNewPasswordWorksInBothAndTheOldOneInRedisUntilItIsRetired() {
        ecosystem.init();
        String old = ecosystem.read(SECRET);

        Ran rotate = rotate("exchange-okxNN");
        String now = ecosystem.read(SECRET);

        assertNotEquals(old, now);
        assertLogsIn(now);
        assertPostgresRefuses(old);
        server.logIn(ecosystem.numbered(USER), old).close();
        assertTrue(rotate.out().contains(ecosystem.numbered("provision rotate --retire-old exchange-okxNN")),
                rotate::toString);

        Ran retire = rotate("--retire-old", "exchange-okxNN");

        assertLogsIn(now);
        assertRedisRefuses(old);
        assertTrue(retire.out().contains("1 change made"), retire::toString);
        assertEquals(0, ecosystem.run("plan", "--detailed-exitcode").exitCode());
        assertEquals(List.of(ecosystem.numbered("exchange-binanceNN"), ecosystem.numbered("exchange-okxNN")),
                filesIn("secrets"));
    }

    @Test
    void othersKeepTheirs() {
        ecosystem.init();
        String binance = ecosystem.read("secrets/exchange-binanceNN");

        rotate("exchange-okxNN");

        assertEquals(binance, ecosystem.read("secrets/exchange-binanceNN"));
        server.logIn(ecosystem.numbered("exchange-binanceNN-adapter"), binance).close();
    }

    @Test
    void connectionsThatStandGoOnWhileItIsRotatedAndRetired() throws Exception {
        ecosystem.init();
        try (Jedis own = server.logIn(ecosystem.numbered(USER), ecosystem.read(SECRET));
                var session = ecosystem.connectAs(ROLE, "exchange-okxNN")) {
            rotate("exchange-okxNN");
            assertEquals("PONG", own.ping());
            rotate("--retire-old", "exchange-okxNN");

            assertEquals("PONG", own.ping());
            assertEquals(List.of("1"), ecosystem.query(session, "SELECT 1"));
        }
    }

    @Test
    void whoStoodBeforeAndKeptAPasswordGetsANewOneToo() throws SQLException {
        ecosystem.execute("CREATE ROLE " + ROLE + " LOGIN PASSWORD 'by-hand'");
        redis.aclSetUser(ecosystem.numbered(USER), "on", ">by-hand");
        ecosystem.init();
        ecosystem.postgres().connect(ecosystem.numbered(ROLE), "by-hand", ecosystem.database()).close();

        rotate("exchange-okxNN");

        assertLogsIn(ecosystem.read(SECRET));
        assertPostgresRefuses("by-hand");
        server.logIn(ecosystem.numbered(USER), "by-hand").close();
        rotate("--retire-old", "exchange-okxNN");
        assertRedisRefuses("by-hand");
    }

    @Test
    void aPasswordThatSomebodyElseKeepsIsReadWhereItWas() {
        ecosystem.file("vault/okx", "first\n").manifest("""
                services: {exchange-simulator: {password: {file: vault/okx}, volumes: {dirs: []}}}
                instances: {exchange-okxNN: {service: exchange-simulator}}
                """);
        ecosystem.init();
        ecosystem.file("vault/okx", "second\n");

        rotate("exchange-okxNN");

        assertLogsIn("second");
        assertPostgresRefuses("first");
        server.logIn(ecosystem.numbered(USER), "first").close();
    }

    @Test
    void theFileKeepsItsModeAndAnyoneItWasLentTo() throws Exception {
        ecosystem.init();
        Path secret = folder.resolve(ecosystem.numbered(SECRET));
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r-----"));

        rotate("exchange-okxNN");

        assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)));
    }

    @Test
    void withoutATerminalItWantsAYes() {
        ecosystem.init();
        String old = ecosystem.read(SECRET);

        Ran refused = ecosystem.run("rotate", "exchange-okxNN");
        Ran declined = ecosystem.answering("no", "rotate", "exchange-okxNN");
        Ran agreed = ecosystem.answering("yes", "rotate", "exchange-okxNN");

        assertEquals(7, refused.exitCode(), refused::toString);
        assertTrue(refused.err().contains("--yes"), refused::toString);
        assertEquals(7, declined.exitCode(), declined::toString);
        assertTrue(declined.err().contains(ecosystem.numbered("role password " + ROLE)), declined::toString);
        assertEquals(0, agreed.exitCode(), agreed::toString);
        assertNotEquals(old, ecosystem.read(SECRET));
        assertEquals(2, ecosystem.run("rotate", "--yes").exitCode());
        assertEquals(2, ecosystem.run("rotate", "--yes", "exchange-unknown").exitCode());
    }

    @Test
    void whatDoesNotStandYetIsRefusedAndNothingIsMade() {
        Ran rotate = ecosystem.run("rotate", "--yes", "exchange-okxNN");

        assertEquals(7, rotate.exitCode(), rotate::toString);
        assertTrue(rotate.err().contains("`provision init exchange-okx"), rotate::toString);
        assertFalse(ecosystem.stands("secrets"));
        assertEquals(List.of("default"), redis.aclUsers());
    }

    @Test
    void whoHasNoSourceOfAPasswordIsToldSo() {
        ecosystem.manifest("""
                services: {exchange-simulator: {}}
                instances: {exchange-okxNN: {service: exchange-simulator}}
                """).init();

        Ran rotate = ecosystem.run("rotate", "--yes", "exchange-okxNN");

        assertEquals(2, rotate.exitCode(), rotate::toString);
        assertTrue(rotate.err().contains("no `password:`"), rotate::toString);
    }

    @Test
    void whoHaveTheirPasswordFromOneSourceAreRotatedTogether() {
        ecosystem.manifest("""
                defaults: {password: {generate: "secrets/all"}, volumes: {dirs: []}}
                services: {exchange-simulator: {}}
                instances:
                  exchange-okxNN: {service: exchange-simulator}
                  exchange-binanceNN: {service: exchange-simulator}
                """).init();

        Ran one = ecosystem.run("rotate", "--yes", "exchange-okxNN");
        rotate("exchange-okxNN", "exchange-binanceNN");

        assertEquals(7, one.exitCode(), one::toString);
        assertTrue(one.err().contains(ecosystem.numbered("rotate exchange-binanceNN exchange-okxNN")), one::toString);
        assertLogsIn(ecosystem.read("secrets/all"));
        server.logIn(ecosystem.numbered("exchange-binanceNN-adapter"), ecosystem.read("secrets/all")).close();
    }

    @Test
    void oneStoreAloneIsRefusedWhereTheOtherHasItsPasswordFromThere() {
        ecosystem.init();

        Ran postgres = ecosystem.run("rotate", "--yes", "--only", "postgres", "exchange-okxNN");
        Ran redisAlone = ecosystem.run("rotate", "--yes", "--only", "redis", "exchange-okxNN");

        assertEquals(7, postgres.exitCode(), postgres::toString);
        assertTrue(postgres.err().contains("Redis user"), postgres::toString);
        assertEquals(2, redisAlone.exitCode(), redisAlone::toString);
    }

    @Test
    void nobodyIsLeftWithAPasswordThatOnlyOneOfThemTook() {
        ecosystem.init();
        String old = ecosystem.read(SECRET);
        List<String> users = redis.aclList();
        ecosystem.execute("""
                CREATE FUNCTION provision.refuse() RETURNS trigger LANGUAGE plpgsql AS
                'BEGIN RAISE EXCEPTION ''not today''; END';
                CREATE CONSTRAINT TRIGGER refuse AFTER INSERT ON provision.changes
                  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION provision.refuse()
                """);

        Ran rotate = ecosystem.run("rotate", "--yes", "exchange-okxNN");

        assertEquals(1, rotate.exitCode(), rotate::toString);
        assertTrue(rotate.err().contains("not today"), rotate::toString);
        assertEquals(old, ecosystem.read(SECRET));
        assertLogsIn(old);
        assertEquals(users, redis.aclList());
        assertEquals(List.of(ecosystem.numbered("exchange-binanceNN"), ecosystem.numbered("exchange-okxNN")),
                filesIn("secrets"));
    }

    @Test
    void theJournalTellsOfItWithoutASecretAndSoDoesEveryLog() throws Exception {
        ecosystem.init();
        long mark = ecosystem.postgres().mark();

        Ran rotate = rotate("-v", "-o", "json", "exchange-okxNN");
        Ran history = ecosystem.run("history", "exchange-okxNN");

        assertTrue(rotate.out().contains("\"ok\": true"), rotate::toString);
        assertTrue(rotate.out().contains(ecosystem.numbered("postgres:role_password:" + ROLE)), rotate::toString);
        assertTrue(rotate.out().contains(ecosystem.numbered("redis:user_password:" + USER)), rotate::toString);
        assertTrue(history.out().contains("rotate"), history::toString);
        String password = ecosystem.read(SECRET);
        String hash = HexFormat.of().formatHex(
                MessageDigest.getInstance("SHA-256").digest(password.getBytes(StandardCharsets.UTF_8)));
        assertTrue(redis.aclList().toString().contains(hash));
        String journal = ecosystem.query("""
                SELECT c::text FROM provision.changes c
                UNION ALL
                SELECT i::text FROM provision.intents i
                """).toString();
        for (String secret : List.of(password, hash, "SCRAM-SHA-256$")) {
            assertFalse(journal.contains(secret), secret);
            assertFalse(rotate.toString().contains(secret), secret);
            assertFalse(ecosystem.postgres().logSince(mark).contains(secret), secret);
        }
    }

    @Test
    void rollbackOfTheRunKeepsThePasswordsAndSaysSo() {
        ecosystem.init();
        rotate("exchange-okxNN");
        String now = ecosystem.read(SECRET);
        String run = ecosystem.query("SELECT run FROM provision.runs WHERE command = 'rotate'").get(0);

        Ran rollback = ecosystem.run("rollback", "--yes", "--run", run);

        assertEquals(0, rollback.exitCode(), rollback::toString);
        assertTrue(rollback.out().contains(ecosystem.numbered("kept: role password " + ROLE
                + " of exchange-okxNN: nobody knows the one before any more")), rollback::toString);
        assertTrue(rollback.out().contains(ecosystem.numbered("provision rotate exchange-okxNN")), rollback::toString);
        assertLogsIn(now);
    }

    @Test
    void whatRollbackTakesAwayTakesItsPasswordAlongAndNobodyIsTold() {
        List<String> before = redis.aclList();
        ecosystem.init();
        rotate("exchange-okxNN");

        Ran rollback = ecosystem.run("rollback", "--yes");
        Ran again = ecosystem.run("rollback", "--yes");

        assertEquals(0, rollback.exitCode(), rollback::toString);
        assertFalse(rollback.out().contains("kept: "), rollback::toString);
        assertEquals(before, redis.aclList());
        assertTrue(again.out().contains("nothing to roll back"), again::toString);
    }

    @Test
    void nothingIsRetiredThatTheSourceDoesNotReplace() {
        ecosystem.file("vault/okx", "first\n").manifest("""
                services: {exchange-simulator: {password: {file: vault/okx}, volumes: {dirs: []}}}
                instances: {exchange-okxNN: {service: exchange-simulator}}
                """).init();
        ecosystem.file("vault/okx", "second\n");

        Ran retire = ecosystem.run("rotate", "--yes", "--retire-old", "exchange-okxNN");

        assertEquals(7, retire.exitCode(), retire::toString);
        assertTrue(retire.err().contains("does not take the password that"), retire::toString);
        assertLogsIn("first");
    }

    @Test
    void whereThereIsNoOldOneThereIsNothingToRetire() {
        ecosystem.init();

        Ran retire = rotate("--retire-old", "exchange-okxNN");

        assertTrue(retire.out().contains("nothing to retire"), retire::toString);
    }

    @Test
    void aLoginWithoutSuperuserRotatesWhatItMade() {
        ecosystem.provisioningLogin();
        ecosystem.init();
        String old = ecosystem.read(SECRET);

        rotate("exchange-okxNN");

        assertLogsIn(ecosystem.read(SECRET));
        assertPostgresRefuses(old);
    }

    private Ran rotate(String... arguments) {
        List<String> all = new ArrayList<>(List.of("rotate", "--yes"));
        all.addAll(List.of(arguments));
        Ran ran = ecosystem.run(all.toArray(String[]::new));
        assertEquals(0, ran.exitCode(), ran::toString);
        return ran;
    }

    private void assertLogsIn(String password) {
        server.logIn(ecosystem.numbered(USER), password).close();
        try {
            ecosystem.postgres().connect(ecosystem.numbered(ROLE), password, ecosystem.database()).close();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private void assertPostgresRefuses(String password) {
        SQLException refused = assertThrows(
                SQLException.class,
                () -> ecosystem.postgres().connect(ecosystem.numbered(ROLE), password, ecosystem.database()));
        assertEquals("28P01", refused.getSQLState());
    }

    private void assertRedisRefuses(String password) {
        assertThrows(
                JedisAccessControlException.class, () -> server.logIn(ecosystem.numbered(USER), password));
    }

    private List<String> filesIn(String name) {
        return List.of(folder.resolve(name).toFile().list()).stream().sorted().toList();
    }
}
