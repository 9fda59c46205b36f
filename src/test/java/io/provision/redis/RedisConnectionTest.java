package io.provision.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.problem.ExitCode;
import io.provision.problem.ProvisionException;
import io.provision.testing.TestCluster;
import io.provision.testing.TestRedis;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

class RedisConnectionTest {

    @Test
    void theRightPasswordOpensIt() {
        try (RedisStore store = RedisStore.connect(RedisTarget.of(TestRedis.shared().url()))) {
            assertTrue(store.validate(List.of("audit")).get(0).succeeded());
        }
    }

    @Test
    void theDatabaseOfTheUrlIsTheOneThatIsUsed() {
        TestRedis server = TestRedis.sharedWithoutPassword();
        try (Jedis jedis = server.connect()) {
            jedis.select(3);
            jedis.set("audit:a", "1");
        }

        try (RedisStore store = RedisStore.connect(RedisTarget.of(server.url() + "/3"))) {
            assertEquals(Map.of("audit", 1L), store.survey(List.of("audit"), 100).keys());
        }
    }

    @Test
    void aWrongPasswordIsToldAndNotShown() {
        String url = "redis://:wr0ng@127.0.0.1:%d".formatted(TestRedis.shared().port());

        ProvisionException e = refused(url);

        assertEquals(
                "Redis at redis://:***@127.0.0.1:%d cannot be used: user or password is wrong, or the user is off"
                                .formatted(TestRedis.shared().port())
                        + " (WRONGPASS invalid username-password pair or user is disabled.) — correct them in"
                        + " `redis.url`",
                e.getMessage());
        assertFalse(stackTrace(e).contains("wr0ng"));
    }

    @Test
    void aMissingPasswordIsTold() {
        ProvisionException e = refused("redis://127.0.0.1:%d".formatted(TestRedis.shared().port()));

        assertTrue(e.getMessage().contains("cannot be used: it wants a password (NOAUTH"), e.getMessage());
    }

    @Test
    void aDatabaseThatTheServerDoesNotHaveIsTold() {
        ProvisionException e = refused(TestRedis.sharedWithoutPassword().url() + "/99");

        assertTrue(e.getMessage().contains("DB index is out of range"), e.getMessage());
    }

    @Test
    void aServerThatIsDownIsTold() {
        TestRedis server = TestRedis.with(Map.of());
        server.stop();

        ProvisionException e = refused(server.url());

        assertTrue(
                e.getMessage().endsWith(":%d cannot be used: nothing listens there — start it, or set `redis.url` to"
                                .formatted(server.port())
                        + " where it is; an encrypted one needs `rediss://`"),
                e.getMessage());
    }

    @Test
    void aServerThatGoesDownMeanwhileIsTold() {
        TestRedis server = TestRedis.with(Map.of());
        try (RedisStore store = RedisStore.connect(RedisTarget.of(server.url()))) {
            server.stop();

            for (int attempt = 0; attempt < 2; attempt++) {
                ProvisionException e =
                        assertThrows(ProvisionException.class, () -> store.validate(List.of("audit")));
                assertEquals(ExitCode.UNREACHABLE, e.exitCode());
            }
        }
    }

    /** It takes as long as a server is given for an answer. */
    @Tag("full")
    @Test
    void oneThatTakesTheConnectionAndStaysSilentIsTold() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            ProvisionException e = refused("redis://:s3cret@127.0.0.1:%d".formatted(silent.getLocalPort()));

            assertEquals(
                    ("Redis at redis://:***@127.0.0.1:%d cannot be used: it does not answer — start it, or set"
                                    + " `redis.url` to where it is; an encrypted one needs `rediss://`")
                            .formatted(silent.getLocalPort()),
                    e.getMessage());
        }
    }

    @Test
    void anUnknownHostIsTold() {
        ProvisionException e = refused("redis://:s3cret@no-such-host.invalid");

        assertEquals(
                "Redis at redis://:***@no-such-host.invalid:6379 cannot be used: no such host is known — correct the"
                        + " host in `redis.url`",
                e.getMessage());
    }

    @Test
    void theDatabaseOfAClusterIsItsOnlyOne() {
        TestRedis node = TestRedis.with(
                Map.of("cluster-enabled", "yes", "cluster-port", Integer.toString(TestCluster.freePort())));

        ProvisionException e =
                assertThrows(ProvisionException.class, () -> RedisStore.connect(RedisTarget.of(node.url() + "/1")));

        assertTrue(e.getMessage().contains("in cluster mode"), e.getMessage());
    }

    @Test
    void severalServersThatAreNoClusterAreTold() {
        RedisServers servers = RedisServers.of(
                List.of(TestRedis.sharedWithoutPassword().url() + ",localhost:1"), TlsFiles.NONE);

        ProvisionException e = assertThrows(
                ProvisionException.class, () -> RedisStore.connect(servers, Duration.ofSeconds(1)));

        assertEquals(ExitCode.USAGE, e.exitCode());
        assertTrue(e.getMessage().contains("`redis.url` names 2 servers, and"), e.getMessage());
    }

    @Test
    void ofSeveralServersThatDoNotAnswerAllAreTold() {
        RedisServers servers = RedisServers.of(List.of("redis://localhost:1,localhost:2"), TlsFiles.NONE);

        ProvisionException e = assertThrows(
                ProvisionException.class, () -> RedisStore.connect(servers, Duration.ofSeconds(1)));

        assertEquals(ExitCode.UNREACHABLE, e.exitCode());
        assertEquals(2, e.problems().size());
    }

    @Test
    void aUserWhoMayDoLittleMayStillConnect() {
        TestRedis server = TestRedis.shared();
        try (Jedis jedis = server.connect()) {
            jedis.aclSetUser("narrow", "on", ">pass", "~audit:*", "+set", "+eval", "+get", "+del");
        }

        try (RedisStore store = RedisStore.connect(
                RedisTarget.of("redis://narrow:pass@127.0.0.1:%d".formatted(server.port())))) {
            assertTrue(store.validate(List.of("audit")).get(0).succeeded());
        }
    }

    private static ProvisionException refused(String url) {
        ProvisionException e = assertThrows(ProvisionException.class, () -> RedisStore.connect(RedisTarget.of(url)));
        assertEquals(ExitCode.UNREACHABLE, e.exitCode());
        return e;
    }

    private static String stackTrace(Throwable e) {
        StringWriter text = new StringWriter();
        e.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
