package io.provision.redis;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.TestRedis;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.util.SafeEncoder;

class LoginAclRuleTest {

    private static final String PASSWORD = "made-up";

    private final TestRedis server = TestRedis.shared();
    private final LoginAclRule rule = new LoginAclRule("grants-login");

    private void makeLogin() {
        type(rule.rule().replace(">PASSWORD", ">" + PASSWORD));
    }

    /** As a person types it into redis-cli. */
    private void type(String line) {
        String[] words = line.split(" ");
        try (Jedis jedis = server.connect()) {
            Object answer = jedis.sendCommand(Protocol.Command.valueOf(words[0]),
                    Arrays.copyOfRange(words, 1, words.length));
            assertEquals("OK", SafeEncoder.encode((byte[]) answer));
        }
    }

    @Test
    void theLoginDoesAllThatTheToolDoes() {
        makeLogin();
        RedisTarget target = RedisTarget.of("redis://grants-login:" + PASSWORD + "@127.0.0.1:" + server.port());
        try (Jedis jedis = server.connect()) {
            jedis.hset("services:a:b", "status", "healthy");
        }

        try (RedisStore store = RedisStore.connect(target)) {
            assertEquals(1, store.validate(List.of("exchange:OKX")).size());
            assertDoesNotThrow(() -> store.survey(List.of("exchange:OKX"), 1000));
            assertEquals(
                    List.of(new DiscoveryEntry.Fields("services:a:b", Map.of("status", "healthy"))),
                    store.discovery(List.of("services:a:b")));
        }
    }

    @Test
    void theLoginMakesAndDropsUsers() {
        makeLogin();

        try (Jedis jedis = login()) {
            assertEquals("OK", jedis.aclSetUser("made", "reset", "on"));
            assertTrue(jedis.aclGetUser("made").getFlags().contains("on"));
            assertEquals(1, jedis.aclDelUser("made"));
            assertEquals("PONG", jedis.ping());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"FLUSHALL", "KEYS *", "CONFIG SET maxmemory 1", "SWAPDB 0 1", "SHUTDOWN", "PUBLISH a b"})
    void theLoginMayNothingElse(String command) {
        makeLogin();
        String[] words = command.split(" ");

        try (Jedis jedis = login()) {
            assertThrows(JedisAccessControlException.class, () -> jedis.sendCommand(
                    () -> words[0].getBytes(StandardCharsets.US_ASCII), Arrays.copyOfRange(words, 1, words.length)));
        }
    }

    @Test
    void whatIsOptionalCanBeAdded() {
        makeLogin();

        rule.text().lines()
                .filter(line -> line.startsWith("# ACL SETUSER "))
                .filter(line -> !line.contains("dryrun") || isSeven())
                .forEach(line -> type(line.substring(2)));
    }

    private boolean isSeven() {
        try (Jedis jedis = server.connect()) {
            return !jedis.info("server").contains("redis_version:6.");
        }
    }

    private Jedis login() {
        Jedis jedis = new Jedis("127.0.0.1", server.port());
        jedis.auth("grants-login", PASSWORD);
        return jedis;
    }

    @ParameterizedTest
    @ValueSource(strings = {"two words", "quo\"te", "line\nbreak", ""})
    void aNameThatRedisCannotHaveIsRefused(String name) {
        assertThrows(IllegalArgumentException.class, () -> new LoginAclRule(name));
    }
}
