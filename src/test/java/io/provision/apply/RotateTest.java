package io.provision.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import io.provision.testing.TestRedis;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** New passwords in both stores; what a service logs in with, told by logging in with it. */
@Timeout(60)
class RotateTest {

    private static final String ROLE = RotatedInstance.ROLE;
    private static final String USER = RotatedInstance.USER;
    private static final String SECRET = RotatedInstance.SECRET;

    @TempDir
    private Path folder;

    private final TestRedis server = TestRedis.shared();

    @AutoClose
    private final Jedis redis = server.connect();

    private TestEcosystem ecosystem;
    private RotatedInstance rotated;

    @BeforeEach
    void twoInstances() {
        ecosystem = RotatedInstance.andAnother(folder);
        rotated = new RotatedInstance(ecosystem, server);
    }

    @Test
    void theNewPasswordWorksInBothAndTheOldOneInRedisUntilItIsRetired() {
        ecosystem.init();
        String old = ecosystem.read(SECRET);

        Ran rotate = rotated.rotate("exchange-okxNN");
        String now = ecosystem.read(SECRET);

        assertNotEquals(old, now);
        rotated.assertLogsIn(now);
        rotated.assertPostgresRefuses(old);
        server.logIn(ecosystem.numbered(USER), old).close();
        assertTrue(rotate.out().contains(ecosystem.numbered("provision rotate --retire-old exchange-okxNN")),
                rotate::toString);

        Ran retire = rotated.rotate("--retire-old", "exchange-okxNN");

        rotated.assertLogsIn(now);
        rotated.assertRedisRefuses(old);
        assertTrue(retire.out().contains("1 change made"), retire::toString);
        ecosystem.assertNothingToDo();
        assertEquals(List.of(ecosystem.numbered("exchange-binanceNN"), ecosystem.numbered("exchange-okxNN")),
                rotated.filesIn("secrets"));
    }

    @Test
    @Tag("full")
    void soItDoesOnSix() {
        assumeTrue(TestRedis.isSixAvailable(), "no binary of Redis 6.2");
        TestRedis six = TestRedis.six(Map.of());
        rotated = new RotatedInstance(ecosystem, six);
        ecosystem.redis(six.url()).manifest("""
                defaults: {password: {generate: "secrets/{instance}"}, volumes: {dirs: []}}
                services: {exchange-simulator: {}}
                instances: {exchange-okxNN: {service: exchange-simulator}}
                """).init();
        String old = ecosystem.read(SECRET);

        rotated.rotate("exchange-okxNN");
        six.logIn(ecosystem.numbered(USER), old).close();
        rotated.rotate("--retire-old", "exchange-okxNN");

        rotated.assertLogsIn(ecosystem.read(SECRET));
        rotated.assertRedisRefuses(old);
        six.stop();
    }

    @Test
    void othersKeepTheirs() {
        ecosystem.init();
        String binance = ecosystem.read("secrets/exchange-binanceNN");

        rotated.rotate("exchange-okxNN");

        assertEquals(binance, ecosystem.read("secrets/exchange-binanceNN"));
        server.logIn(ecosystem.numbered("exchange-binanceNN-adapter"), binance).close();
    }

    @Test
    void connectionsThatStandGoOnWhileItIsRotatedAndRetired() throws Exception {
        ecosystem.init();
        try (Jedis own = server.logIn(ecosystem.numbered(USER), ecosystem.read(SECRET));
                var session = ecosystem.connectAs(ROLE, "exchange-okxNN")) {
            rotated.rotate("exchange-okxNN");
            assertEquals("PONG", own.ping());
            rotated.rotate("--retire-old", "exchange-okxNN");

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

        rotated.rotate("exchange-okxNN");

        rotated.assertLogsIn(ecosystem.read(SECRET));
        rotated.assertPostgresRefuses("by-hand");
        server.logIn(ecosystem.numbered(USER), "by-hand").close();
        rotated.rotate("--retire-old", "exchange-okxNN");
        rotated.assertRedisRefuses("by-hand");
    }

    @Test
    void aPasswordThatSomebodyElseKeepsIsReadWhereItWas() {
        ecosystem.file("vault/okx", "first\n").manifest("""
                services: {exchange-simulator: {password: {file: vault/okx}, volumes: {dirs: []}}}
                instances: {exchange-okxNN: {service: exchange-simulator}}
                """);
        ecosystem.init();
        ecosystem.file("vault/okx", "second\n");

        rotated.rotate("exchange-okxNN");

        rotated.assertLogsIn("second");
        rotated.assertPostgresRefuses("first");
        server.logIn(ecosystem.numbered(USER), "first").close();
    }

    @Test
    void theFileKeepsItsModeAndAnyoneItWasLentTo() throws Exception {
        ecosystem.init();
        Path secret = folder.resolve(ecosystem.numbered(SECRET));
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r-----"));

        rotated.rotate("exchange-okxNN");

        assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)));
    }

    @Test
    void theJournalTellsOfItWithoutASecretAndSoDoesEveryLog() throws Exception {
        ecosystem.init();
        long mark = ecosystem.postgres().mark();

        Ran rotate = rotated.rotate("-v", "-o", "json", "exchange-okxNN");
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
        rotated.rotate("exchange-okxNN");
        String now = ecosystem.read(SECRET);
        String run = ecosystem.query("SELECT run FROM provision.runs WHERE command = 'rotate'").get(0);

        Ran rollback = ecosystem.rollback("--run", run);

        assertTrue(rollback.out().contains(ecosystem.numbered("kept: role password " + ROLE
                + " of exchange-okxNN: nobody knows the one before any more")), rollback::toString);
        assertTrue(rollback.out().contains(ecosystem.numbered("provision rotate exchange-okxNN")), rollback::toString);
        rotated.assertLogsIn(now);
    }

    @Test
    void whatRollbackTakesAwayTakesItsPasswordAlongAndNobodyIsTold() {
        List<String> before = redis.aclList();
        ecosystem.init();
        rotated.rotate("exchange-okxNN");

        Ran rollback = ecosystem.run("rollback", "--yes");
        Ran again = ecosystem.run("rollback", "--yes");

        assertEquals(0, rollback.exitCode(), rollback::toString);
        assertFalse(rollback.out().contains("kept: "), rollback::toString);
        assertEquals(before, redis.aclList());
        assertTrue(again.out().contains("nothing to roll back"), again::toString);
    }

    @Test
    void whereThereIsNoOldOneThereIsNothingToRetire() {
        ecosystem.init();

        Ran retire = rotated.rotate("--retire-old", "exchange-okxNN");

        assertTrue(retire.out().contains("nothing to retire"), retire::toString);
    }

    @Test
    void aLoginWithoutSuperuserRotatesWhatItMade() {
        ecosystem.provisioningLogin();
        ecosystem.init();
        String old = ecosystem.read(SECRET);

        rotated.rotate("exchange-okxNN");

        rotated.assertLogsIn(ecosystem.read(SECRET));
        rotated.assertPostgresRefuses(old);
    }
}
