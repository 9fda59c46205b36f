package io.provision.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import io.provision.testing.TestRedis;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisAccessControlException;

/** Each instance has a Redis user, planned, made and taken back as everything else is. */
@Timeout(60)
class RedisUsersTest {

    private static final String OKX = TwoRedisUsers.OKX;

    @TempDir
    private Path folder;

    private final TestRedis server = TestRedis.shared();

    @AutoClose
    private final Jedis redis = server.connect();

    private TestEcosystem ecosystem;

    @BeforeEach
    void twoInstances() {
        ecosystem = TwoRedisUsers.in(folder);
    }

    @Test
    void whatInitMakesRollbackTakesAway() {
        List<String> before = redis.aclList();

        ecosystem.init();
        assertEquals(before.size() + 2, redis.aclList().size());
        ecosystem.assertNothingToDo();
        ecosystem.rollback();

        assertEquals(before, redis.aclList());
    }

    /** A server takes longer to tell of a user than for all else together. */
    @Test
    void onesThatAreMadeAreAskedForInTheTwoLooksAndNotOnceMore() {
        redis.configResetStat();

        ecosystem.init();

        String asked = redis.info("commandstats").replaceAll("(?s).*cmdstat_acl\\|getuser:calls=(\\d+).*", "$1");
        // And once for the provisioning login.
        assertEquals("5", asked);
    }

    @Test
    void planShowsThemWithNoSecretAndWhatTakesThemAway() {
        String plan = ecosystem.run("plan").out();

        assertTrue(plan.contains(ecosystem.numbered("ACL SETUSER " + OKX + " reset on sanitize-payload #… resetkeys"
                + " ~exchange:okxNN:* ~services:exchange-simulator:exchange-okxNN %R~services:* resetchannels"
                + " &exchange:okxNN:* -@all +@string")), plan);
        assertTrue(plan.contains(ecosystem.numbered("undone by: ACL DELUSER " + OKX)), plan);
        assertFalse(ecosystem.stands("secrets"));
    }

    @Test
    void theUserLogsInWithThePasswordThatWasGenerated() {
        ecosystem.init();

        try (Jedis own = logIn(OKX, "exchange-okxNN")) {
            assertEquals("OK", own.set(ecosystem.numbered("exchange:okxNN:orders"), "1"));
        }
    }

    @Test
    void oneOfAnInstanceThatFailsIsTakenBack() {
        ecosystem.file("sql/V1__broken.sql", "SELECT nonsense").manifest("""
                defaults: {redis_password: {generate: "secrets/{instance}"}}
                services:
                  exchange-simulator: {sql: sql}
                instances:
                  exchange-okxNN: {service: exchange-simulator}
                  exchange-binanceNN: {service: exchange-simulator}
                """);
        redis.aclSetUser(ecosystem.numbered(OKX), "on", ">grown-by-hand", "~*", "+@read");
        List<String> before = redis.aclList();

        Ran init = ecosystem.run("init");

        assertEquals(1, init.exitCode(), init::toString);
        assertEquals(before, redis.aclList());
    }

    @Test
    void oneThatARollbackDroppedInVainIsThereAgainWithItsPassword() {
        ecosystem.init();
        List<String> made = redis.aclList();
        ecosystem.execute("""
                CREATE FUNCTION public.refuse() RETURNS event_trigger LANGUAGE plpgsql AS
                'BEGIN RAISE EXCEPTION ''nothing is dropped today''; END';
                CREATE EVENT TRIGGER refuse ON ddl_command_start WHEN TAG IN ('DROP SCHEMA')
                  EXECUTE FUNCTION public.refuse();
                """);

        Ran rollback = ecosystem.run("rollback", "--yes");

        assertEquals(1, rollback.exitCode(), rollback::toString);
        assertTrue(rollback.err().contains("nothing is dropped today"), rollback::toString);
        assertEquals(made, redis.aclList());
        ecosystem.execute("DROP EVENT TRIGGER refuse");
        ecosystem.rollback();
        assertEquals(List.of("default"), redis.aclUsers());
    }

    @Test
    void oneThatTwoInstancesHaveOnPurposeMayUseBothNamespacesAndStaysWhileOneOfThemDoes() {
        ecosystem.manifest("""
                services: {exchange-simulator: {role: exchange_bothNN, redis_password: {generate: secrets/both}}}
                instances:
                  exchange-okxNN: {service: exchange-simulator}
                  exchange-binanceNN: {service: exchange-simulator}
                """);
        ecosystem.init();

        try (Jedis own = logIn("exchange-bothNN", "both")) {
            assertEquals("OK", own.set(ecosystem.numbered("exchange:okxNN:a"), "1"));
            assertEquals("OK", own.set(ecosystem.numbered("exchange:binanceNN:a"), "1"));
            assertEquals("OK", own.set(ecosystem.numbered("services:exchange-simulator:exchange-okxNN"), "{}"));
        }
        ecosystem.assertNothingToDo();
        ecosystem.assertNothingToDo("exchange-okxNN");
        ecosystem.rollback("exchange-okxNN");
        assertTrue(redis.aclUsers().contains(ecosystem.numbered("exchange-bothNN")));
        ecosystem.rollback();
        assertEquals(List.of("default"), redis.aclUsers());
    }

    @Test
    void withoutAclNobodyIsMade() {
        ecosystem.redisSettings("acl: off").manifest("""
                services: {exchange-simulator: {}}
                instances: {exchange-okxNN: {service: exchange-simulator}}
                """);
        List<String> before = redis.aclList();

        ecosystem.init();

        assertEquals(before, redis.aclList());
    }

    @Test
    void withoutPostgresTheyAreMadeAllTheSame() {
        ecosystem.init("--only", "redis");

        assertTrue(redis.aclUsers().contains(ecosystem.numbered(OKX)));
        assertEquals(0, ecosystem.run("plan", "--only", "redis", "--detailed-exitcode").exitCode());
    }

    @Test
    void oneWhoIsNotListedAnyMoreIsTold() {
        ecosystem.init();
        ecosystem.manifest("""
                services: {exchange-simulator: {}}
                instances: {exchange-binanceNN: {service: exchange-simulator}}
                """);

        String plan = ecosystem.run("plan").out();

        assertTrue(plan.contains(ecosystem.numbered(
                "not listed any more: acl user " + OKX + " (made for exchange-okxNN); init leaves it")), plan);
    }

    @Test
    void theJournalKeepsNothingThatIsMadeFromAPassword() throws Exception {
        long mark = ecosystem.postgres().mark();
        Ran init = ecosystem.init("-v");
        String password = ecosystem.read("secrets/exchange-okxNN");
        String hash = HexFormat.of().formatHex(
                MessageDigest.getInstance("SHA-256").digest(password.getBytes(StandardCharsets.UTF_8)));
        assertTrue(redis.aclList().toString().contains(hash));

        String journal = ecosystem.query("""
                SELECT c::text FROM provision.changes c
                UNION ALL
                SELECT i::text FROM provision.intents i
                """).toString();

        assertTrue(journal.contains("acl_user"), journal);
        for (String secret : List.of(password, hash)) {
            assertFalse(journal.contains(secret));
            assertFalse(init.toString().contains(secret));
            assertFalse(ecosystem.postgres().logSince(mark).contains(secret));
        }
    }

    @Test
    void theCommandsThatTheManifestAddsAndTakesAwayCount() {
        ecosystem.redisSettings("commands: [+info, -scan, -eval]").manifest("""
                defaults: {redis_password: {generate: "secrets/{instance}"}}
                services: {exchange-simulator: {}}
                instances: {exchange-okxNN: {service: exchange-simulator}}
                """);

        ecosystem.init();

        try (Jedis own = logIn(OKX, "exchange-okxNN")) {
            assertTrue(own.info().contains("redis_version"));
            assertThrows(JedisAccessControlException.class, () -> own.scan("0"));
            assertThrows(JedisAccessControlException.class, () -> own.eval("return 1"));
        }
    }

    @Test
    void aCommandThatTheServerDoesNotKnowIsRefusedBeforeAnythingIsTried() {
        ecosystem.redisSettings("commands: [+infro]").manifest("""
                services: {exchange-simulator: {}}
                instances: {exchange-okxNN: {service: exchange-simulator}}
                """);

        Ran init = ecosystem.run("init");

        assertEquals(7, init.exitCode(), init::toString);
        assertTrue(init.err().contains("`redis.commands` has +infro, which Redis does not know"), init::toString);
    }

    private Jedis logIn(String user, String instance) {
        return server.logIn(ecosystem.numbered(user), ecosystem.read("secrets/" + instance));
    }
}
