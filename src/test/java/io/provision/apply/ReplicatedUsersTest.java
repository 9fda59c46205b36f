package io.provision.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.Pause;
import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import io.provision.testing.TestRedis;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisAccessControlException;

/** Redis does not replicate users: they are set on the primary and on each of its replicas. */
@Timeout(60)
class ReplicatedUsersTest {

    private static final String USER = "exchange-okxNN-adapter";

    @TempDir
    private Path folder;

    private TestRedis primary;
    private TestRedis replica;
    private TestEcosystem ecosystem;

    @BeforeEach
    void aPrimaryAndAReplica() {
        // It would wait five seconds for further replicas.
        primary = TestRedis.with(Map.of("repl-diskless-sync-delay", "0", "shutdown-timeout", "0"));
        replica = anotherReplica();
        ecosystem = TestEcosystem.in(folder).redis(primary.url()).manifest("""
                defaults: {redis_password: {generate: "secrets/{instance}"}}
                services: {exchange-simulator: {}}
                instances: {exchange-okxNN: {service: exchange-simulator}}
                """);
    }

    @AfterEach
    void stop() {
        replica.stop();
        primary.stop();
    }

    /** With the primary's password: so it is in a group that fails over. */
    private TestRedis anotherReplica() {
        TestRedis another = TestRedis.with(Map.of());
        try (Jedis jedis = another.connect()) {
            jedis.aclSetUser("default", ">" + primary.password());
        }
        return another.replicating(primary);
    }

    @Test
    void allHaveThemAndRollbackTakesThemFromAll() {
        TestRedis second = anotherReplica();
        List<String> before = lists(primary, replica, second);

        ecosystem.init();

        for (TestRedis server : List.of(primary, replica, second)) {
            try (Jedis own = server.logIn(ecosystem.numbered(USER), ecosystem.read("secrets/exchange-okxNN"))) {
                assertEquals("PONG", own.ping());
            }
        }
        ecosystem.assertNothingToDo();
        ecosystem.rollback();
        assertEquals(before, lists(primary, replica, second));
        second.stop();
    }

    @Test
    void allTakeTheNewPasswordOfARotationAndForgetTheOldOneTogether() {
        ecosystem.init();
        String old = ecosystem.read("secrets/exchange-okxNN");

        assertEquals(0, ecosystem.run("rotate", "--yes", "exchange-okxNN").exitCode());
        for (TestRedis server : List.of(primary, replica)) {
            server.logIn(ecosystem.numbered(USER), old).close();
            server.logIn(ecosystem.numbered(USER), ecosystem.read("secrets/exchange-okxNN")).close();
        }
        assertEquals(0, ecosystem.run("rotate", "--yes", "--retire-old", "exchange-okxNN").exitCode());

        for (TestRedis server : List.of(primary, replica)) {
            server.logIn(ecosystem.numbered(USER), ecosystem.read("secrets/exchange-okxNN")).close();
            assertThrows(
                    JedisAccessControlException.class, () -> server.logIn(ecosystem.numbered(USER), old));
        }
    }

    @Test
    void oneThatJoinsLaterIsDriftUnderItsOwnNameAndGetsThePasswordThatTheUserHas() {
        try (Jedis jedis = primary.connect()) {
            jedis.aclSetUser(ecosystem.numbered(USER), "on", ">grown-by-hand");
        }
        ecosystem.init();
        TestRedis second = anotherReplica();

        Ran plan = ecosystem.run("plan");
        ecosystem.init();

        assertTrue(plan.out().contains(ecosystem.numbered(
                "+ acl user " + USER + " at 127.0.0.1:" + second.port() + "  # there is none")), plan::toString);
        assertTrue(plan.out().contains("1 to create, 0 to alter"), plan::toString);
        try (Jedis own = second.logIn(ecosystem.numbered(USER), "grown-by-hand")) {
            assertEquals("PONG", own.ping());
        }
        second.stop();
    }

    @Test
    void whatWasSetOnOneThatHasLeftIsKeptAndTold() {
        ecosystem.init();
        leave();

        Ran rollback = ecosystem.rollback();

        assertTrue(rollback.out().contains("127.0.0.1:%d is no server of this Redis any more"
                .formatted(replica.port())), rollback::toString);
    }

    /** Nobody can see what it did there, and a journal that knows too much is safer than one that knows too little. */
    @Test
    void ofAKilledRunWhatItDroppedOnOneThatHasLeftIsNotTakenForDone() {
        ecosystem.init();
        ecosystem.run("rollback", "--yes");
        ecosystem.init();
        ecosystem.killedLike("rollback", "here");
        leave();

        ecosystem.init();
        List<String> dropped = ecosystem.query("SELECT target FROM provision.changes WHERE run = 'killed'");
        Ran rollback = ecosystem.run("rollback", "--yes");

        assertEquals(List.of(), dropped);
        assertTrue(rollback.out().contains("127.0.0.1:%d is no server of this Redis any more"
                .formatted(replica.port())), rollback::toString);
    }

    @Test
    void ofAKilledRunWhatItSetOnOneThatHasLeftIsTakenForDone() {
        ecosystem.init();
        ecosystem.run("rollback", "--yes");
        ecosystem.killedLike("init", "here");
        leave();

        Ran rollback = ecosystem.run("rollback", "--yes");

        assertTrue(rollback.out().contains("127.0.0.1:%d is no server of this Redis any more"
                .formatted(replica.port())), rollback::toString);
        assertEquals(
                List.of(ecosystem.numbered(USER + " at 127.0.0.1:" + replica.port())),
                ecosystem.query("SELECT target FROM provision.changes WHERE run = 'killed' AND kind = 'acl_user'"));
    }

    @Test
    void aReplicaIsNotTakenForThePrimary() {
        ecosystem.redis(replica.url()).manifest("""
                services: {exchange-simulator: {}}
                instances: {exchange-okxNN: {service: exchange-simulator}}
                """);

        Ran plan = ecosystem.run("plan");

        assertEquals(7, plan.exitCode(), plan::toString);
        assertTrue(plan.out().contains("is a replica of 127.0.0.1:" + primary.port()), plan::toString);
    }

    private void leave() {
        try (Jedis jedis = replica.connect()) {
            jedis.replicaofNoOne();
        }
        try (Jedis jedis = primary.connect()) {
            while (!jedis.info("replication").contains("connected_slaves:0")) {
                Pause.brief();
            }
        }
    }

    private static List<String> lists(TestRedis... servers) {
        return List.of(servers).stream().map(server -> {
            try (Jedis jedis = server.connect()) {
                return jedis.aclList().toString();
            }
        }).toList();
    }
}
