package io.provision.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import io.provision.testing.TestRedis;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** Each instance has a Redis user, planned, made and taken back as everything else is. */
@Timeout(60)
class RedisUsersTest {

    private static final String OKX = "exchange-okxNN-adapter";

    @TempDir
    private Path folder;

    private TestEcosystem ecosystem;
    private TestRedis server;
    private Jedis redis;

    @BeforeEach
    void twoInstances() {
        ecosystem = TestEcosystem.in(folder).manifest("""
                defaults: {redis_password: {generate: "secrets/{instance}"}}
                services:
                  exchange-simulator: {}
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
    void whatInitMakesRollbackTakesAway() {
        List<String> before = redis.aclList();

        ecosystem.init();
        assertEquals(before.size() + 2, redis.aclList().size());
        assertEquals(0, ecosystem.run("plan", "--detailed-exitcode").exitCode());
        Ran rollback = ecosystem.run("rollback", "--yes");

        assertEquals(0, rollback.exitCode(), rollback::toString);
        assertEquals(before, redis.aclList());
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

    private Jedis logIn(String user, String instance) {
        Jedis session = new Jedis("127.0.0.1", server.port());
        session.auth(ecosystem.numbered(user), ecosystem.read("secrets/" + instance));
        return session;
    }
}
