package io.provision.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.plan.RedisResource.AclUser;
import io.provision.plan.acl.AclRules;
import io.provision.plan.acl.Permission;
import io.provision.problem.Problem;
import io.provision.testing.TestRedis;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisDataException;

/** What an undo says of passwords it may have to say twice, and the server's answer to it is no place for a hash. */
@Timeout(60)
class TakenPasswordTest {

    private static final String USER = "somebody";
    private static final PasswordHash HASH = PasswordHash.of("made-up".toCharArray());

    @Test
    void takenTwiceItIsTaken() {
        TestRedis server = TestRedis.shared();
        try (Jedis jedis = server.connect();
                RedisStore store = RedisStore.connect(RedisTarget.of(server.url()))) {
            jedis.aclSetUser(USER, "on", ">made-up", ">kept");
            Map<AclUser, PasswordHash> passwords = Map.of(
                    new AclUser(USER, store.aclNodes().get(0).name(), new AclRules(
                            true,
                            AclRules.Login.NOTHING,
                            true,
                            List.of(new Permission("-@all", List.of(), List.of())))),
                    HASH);

            assertEquals(Map.of(), store.changePasswords(PasswordWord.TAKE, passwords));
            assertEquals(Map.of(), store.changePasswords(PasswordWord.TAKE, passwords));

            server.logIn(USER, "kept").close();
            assertThrows(JedisAccessControlException.class, () -> server.logIn(USER, "made-up"));
        }
    }

    @Test
    void aServerThatRepeatsTheHashIsNotQuoted() {
        String hash = HASH.word().substring(1);
        try (Jedis jedis = TestRedis.shared().connect()) {
            jedis.aclSetUser(USER, "on", ">kept");
            JedisDataException refused =
                    assertThrows(JedisDataException.class, () -> jedis.aclSetUser(USER, "!" + hash));

            Problem problem = AclRefusal.problem("Setting it", refused.getMessage());

            assertTrue(refused.getMessage().contains(hash), refused.getMessage());
            assertFalse(problem.message().contains(hash), problem.message());
        }
    }
}
