package io.provision.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.provision.plan.acl.AclRules;
import io.provision.plan.acl.AclRules.Login;
import io.provision.plan.acl.Permission;
import io.provision.testing.TestRedis;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisProtocol;

/** What servers say of a user is read alike, whatever their version and protocol. */
class AclAnswerTest {

    @ParameterizedTest
    @EnumSource(RedisProtocol.class)
    void ofSevenWithSelectors(RedisProtocol protocol) {
        Optional<AclAnswer> answer = answer(TestRedis.shared(), protocol, "reset", "on", ">a", ">b", "~a:*", "%R~s:*",
                "resetchannels", "&a:*", "-@all", "+get", "(~c:* resetchannels -@all +ping)");

        assertEquals(2, answer.orElseThrow().passwords().size());
        assertEquals(
                new AclRules(true, Login.PASSWORD, true, List.of(
                        new Permission("-@all +get", List.of("~a:*", "%R~s:*"), List.of("&a:*")),
                        new Permission("-@all +ping", List.of("~c:*"), List.of()))),
                answer.get().rules());
        assertFalse(answer.toString().contains("#c"), answer::toString);
    }

    @ParameterizedTest
    @EnumSource(RedisProtocol.class)
    void ofOneWhoMayEverything(RedisProtocol protocol) {
        assertEquals(
                Optional.of(new AclRules(false, Login.ANYTHING, false, List.of(
                        new Permission("+@all", List.of("~*"), List.of("&*"))))),
                answer(TestRedis.shared(), protocol, "reset", "nopass", "skip-sanitize-payload", "allkeys",
                        "allchannels", "allcommands").map(AclAnswer::rules));
    }

    @ParameterizedTest
    @EnumSource(RedisProtocol.class)
    void ofNobody(RedisProtocol protocol) {
        assertEquals(Optional.empty(), answer(TestRedis.shared(), protocol));
    }

    @Tag("full")
    @EnabledIf("io.provision.testing.TestRedis#isSixAvailable")
    @Test
    void ofSixWithoutSigns() {
        TestRedis six = TestRedis.six(Map.of());
        for (RedisProtocol protocol : RedisProtocol.values()) {
            assertEquals(
                    Optional.of(new AclRules(true, Login.NOTHING, true, List.of(
                            new Permission("-@all +get", List.of("~a:*", "~b:*"), List.of("&a:*"))))),
                    answer(six, protocol, "reset", "on", "~a:*", "~b:*", "resetchannels", "&a:*", "+get")
                            .map(AclAnswer::rules));
            assertEquals(
                    Optional.of(new AclRules(false, Login.NOTHING, true, List.of(
                            new Permission("+@all", List.of("~*"), List.of("&*"))))),
                    answer(six, protocol, "reset", "~*", "&*", "+@all").map(AclAnswer::rules));
        }
        six.stop();
    }

    private static Optional<AclAnswer> answer(TestRedis server, RedisProtocol protocol, String... rules) {
        DefaultJedisClientConfig config = DefaultJedisClientConfig.builder()
                .user("default").password(server.password()).protocol(protocol).build();
        try (Jedis jedis = new Jedis(new HostAndPort("127.0.0.1", server.port()), config)) {
            if (rules.length > 0) {
                jedis.aclSetUser("someone", rules);
            }
            return AclAnswer.of(jedis.getConnection().executeCommand(new CommandObject<>(
                    new CommandArguments(Protocol.Command.ACL).add("GETUSER").add("someone"),
                    BuilderFactory.RAW_OBJECT)));
        }
    }
}
