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
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisAccessControlException;

/** Redis users whom another hand made, changed or dropped. */
@Timeout(60)
class UsersOfOtherHandsTest {

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
    void oneWhoStandsKeepsItsPasswordAndItsConnectionsAndGetsItsRulesBack() throws Exception {
        redis.aclSetUser(ecosystem.numbered(OKX), "on", ">grown-by-hand", "~*", "&news", "+@all", "-@dangerous",
                "(~trades:* +@read)");
        List<String> before = redis.aclList();
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Integer> pings = CompletableFuture.supplyAsync(() -> pingUntil(over, "grown-by-hand"));

        ecosystem.init();
        String adopted = redis.aclGetUser(ecosystem.numbered(OKX)).toString();
        Ran rollback = ecosystem.run("rollback", "--yes");
        over.set(true);

        assertTrue(adopted.contains(ecosystem.numbered("~exchange:okxNN:* ")), adopted);
        assertFalse(adopted.contains("~trades:*"), adopted);
        assertEquals(0, rollback.exitCode(), rollback::toString);
        assertEquals(before, redis.aclList());
        assertTrue(pings.get() > 0);
    }

    @Test
    void aPatternThatIsNoTextIsShownByteByByteAndComesBackSo() {
        byte[] pattern = "~books:\u00ff*".getBytes(StandardCharsets.ISO_8859_1);
        redis.aclSetUser(ecosystem.numbered(OKX).getBytes(StandardCharsets.UTF_8),
                "on".getBytes(StandardCharsets.UTF_8), pattern, "+get".getBytes(StandardCharsets.UTF_8));
        List<byte[]> before = redis.aclListBinary();

        String plan = ecosystem.run("plan").out();
        ecosystem.init();
        ecosystem.assertNothingToDo();
        ecosystem.rollback();

        assertTrue(plan.contains("it may use \"~books:\\xff*\"; it may not use"), plan);
        assertEquals(hex(before), hex(redis.aclListBinary()));
    }

    private static List<String> hex(List<byte[]> lines) {
        return lines.stream().map(HexFormat.of()::formatHex).toList();
    }

    @Test
    void oneWhoStandsIsNotGivenThePasswordThatWasGenerated() {
        ecosystem.file("secrets/exchange-okxNN", "generated-for-the-role\n");
        redis.aclSetUser(ecosystem.numbered(OKX), "on", ">grown-by-hand");

        ecosystem.init();

        try (Jedis own = new Jedis("127.0.0.1", server.port())) {
            assertEquals("OK", own.auth(ecosystem.numbered(OKX), "grown-by-hand"));
            assertThrows(
                    JedisAccessControlException.class,
                    () -> own.auth(ecosystem.numbered(OKX), "generated-for-the-role"));
        }
    }

    @Test
    void whatAnotherHandChangedPlanShowsInitMendsAndRollbackStillDrops() {
        List<String> before = redis.aclList();
        ecosystem.init();
        List<String> made = redis.aclList();
        redis.aclSetUser(ecosystem.numbered(OKX), "~*", "+flushall", "-get");

        String plan = ecosystem.run("plan").out();
        assertTrue(plan.contains(ecosystem.numbered("~ acl user " + OKX + "  # it may use ~*; it may FLUSHALL;"
                + " it may not GET")), plan);
        ecosystem.init();
        assertEquals(made, redis.aclList());
        ecosystem.rollback();
        assertEquals(before, redis.aclList());
    }

    @Test
    void whoeverCouldLogInAsOneGetsNoFurther() {
        ecosystem.init();
        redis.aclSetUser(ecosystem.numbered(OKX), "nopass");

        String plan = ecosystem.run("plan").out();
        ecosystem.init();

        assertTrue(plan.contains("anybody may log in as it without a password"), plan);
        assertThrows(JedisAccessControlException.class, () -> server.logIn(ecosystem.numbered(OKX), "whatever"));
        logIn(OKX, "exchange-okxNN").close();
    }

    @Test
    void oneThatAnotherHandDroppedIsMadeAgainAndIsNothingToRollBack() {
        ecosystem.init();
        redis.aclDelUser(ecosystem.numbered(OKX));

        assertEquals(3, ecosystem.run("plan", "--detailed-exitcode").exitCode());
        ecosystem.init();
        logIn(OKX, "exchange-okxNN").close();
        redis.aclDelUser(ecosystem.numbered(OKX));
        ecosystem.rollback("--skip-changed");

        assertEquals(List.of("default"), redis.aclUsers());
    }

    @Test
    void whatAnotherHandChangedRollbackSkipsAndTells() {
        ecosystem.init();
        redis.aclSetUser(ecosystem.numbered(OKX), "+flushall");
        String changed = redis.aclGetUser(ecosystem.numbered(OKX)).toString();

        Ran rollback = ecosystem.run("rollback", "--yes");

        assertEquals(1, rollback.exitCode(), rollback::toString);
        assertTrue(rollback.out().contains(ecosystem.numbered("changed since, and skipped: acl user " + OKX
                + " of exchange-okxNN: another hand changed it: it has other rules now")), rollback::toString);
        assertEquals(changed, redis.aclGetUser(ecosystem.numbered(OKX)).toString());
        ecosystem.rollback("--skip-changed");
    }

    private int pingUntil(AtomicBoolean over, String password) {
        int pings = 0;
        try (Jedis own = new Jedis("127.0.0.1", server.port())) {
            own.auth(ecosystem.numbered(OKX), password);
            while (!over.get()) {
                assertEquals("PONG", own.ping());
                pings++;
            }
        }
        return pings;
    }

    private Jedis logIn(String user, String instance) {
        return server.logIn(ecosystem.numbered(user), ecosystem.read("secrets/" + instance));
    }
}
