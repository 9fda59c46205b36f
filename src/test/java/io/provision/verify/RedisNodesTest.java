package io.provision.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.TestRedis;
import io.provision.verify.Verified.Found;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** Users are each server's own: what is open on a replica is open. */
@Timeout(60)
class RedisNodesTest {

    @TempDir
    private Path folder;

    private TestRedis primary;
    private TestRedis replica;
    private VerifiedRedis redis;

    @BeforeEach
    void aPrimaryAndAReplica() {
        // It would wait five seconds for further replicas.
        primary = TestRedis.with(Map.of("repl-diskless-sync-delay", "0", "shutdown-timeout", "0"));
        replica = TestRedis.with(Map.of());
        try (Jedis jedis = replica.connect()) {
            jedis.aclSetUser("default", ">" + primary.password());
        }
        replica.replicating(primary);
        redis = VerifiedRedis.on(primary, folder);
    }

    @AfterEach
    void stop() {
        replica.stop();
        primary.stop();
    }

    @Test
    void whatIsOpenOnAReplicaAloneIsFoundThereAndClosedThere() {
        assertEquals(0, redis.verify().exitCode(), () -> redis.verify().toString());
        redis.type("ACL SETUSER okx_user ~custodian:komainuNN:orders:*", replica);

        Verified verified = redis.verify();
        verified.breaches().forEach(found -> redis.close(found, replica));

        assertEquals(4, verified.exitCode());
        Found found = verified.breaches().get(0);
        assertEquals(1, verified.breaches().size(), verified::toString);
        String at = "127.0.0.1:" + replica.port();
        assertTrue(found.how().startsWith(redis.written("okx_user at " + at + " may read and write the keys ")),
                found::how);
        assertTrue(found.remedy().startsWith("at " + at + ": ACL SETUSER "), found::remedy);
        assertEquals(0, redis.verify().exitCode(), () -> redis.verify().toString());
    }

    @Test
    void aUserWhoMayLessThereIsAWrongStateAndNoBreach() {
        redis.type("ACL SETUSER okx_user -get", replica);

        Verified verified = redis.verify();

        assertEquals(4, verified.exitCode(), verified::toString);
        assertEquals(List.of(), verified.breaches());
        assertTrue(
                verified.faults().stream().anyMatch(fault -> fault.contains(redis.written("okx_user at 127.0.0.1:")
                        + replica.port()) && fault.contains("it may not GET")),
                verified::toString);
    }
}
