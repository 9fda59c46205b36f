package io.provision.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import io.provision.testing.TestRedis;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** Servers that do not let the login set users, as managed ones do not. */
@Timeout(60)
class RefusedAclTest {

    private static final String MANIFEST = """
            services: {exchange-simulator: {}}
            instances: {exchange-okxNN: {service: exchange-simulator}}
            """;

    @TempDir
    private Path folder;

    private TestEcosystem ecosystem;

    @BeforeEach
    void anInstance() {
        ecosystem = TestEcosystem.in(folder);
    }

    @Test
    void aServerWithoutAclCommandsIsToldAndWorksWithoutUsers() {
        TestRedis server = TestRedis.with(Map.of("rename-command ACL", ""));
        ecosystem.redis(server.url()).manifest(MANIFEST);

        Ran init = ecosystem.run("init");

        assertEquals(7, init.exitCode(), init::toString);
        assertTrue(init.err().contains("the server says: ERR unknown command 'ACL'"), init::toString);
        assertTrue(init.err().contains("set `redis.acl: off`"), init::toString);
        assertEquals(7, ecosystem.run("plan").exitCode());
        assertNothingStands();
        ecosystem.redisSettings("acl: off").manifest(MANIFEST).init();
        server.stop();
    }

    @Test
    void aLoginThatMayNotAdministerIsToldWhatItLacks() {
        connectingAs("managed", "-@admin");

        Ran init = ecosystem.run("init");

        assertEquals(7, init.exitCode(), init::toString);
        assertTrue(init.err().contains("NOPERM"), init::toString);
        assertTrue(init.err().contains("set `redis.acl: off`"), init::toString);
        assertNothingStands();
        ecosystem.redisSettings("acl: off").manifest(MANIFEST).init();
    }

    @Test
    void aLoginThatMayLookAndNotSetIsToldBeforeAnythingIsTried() {
        connectingAs("looking", "-acl|setuser");

        Ran plan = ecosystem.run("plan");

        assertEquals(7, plan.exitCode(), plan::toString);
        assertTrue(plan.out().contains("the login looking may not do that"), plan::toString);
        assertTrue(plan.out().contains("`ACL SETUSER looking +acl|setuser`"), plan::toString);
    }

    @Test
    void theToolsOwnLoginIsNobodysUser() {
        connectingAs("exchange-okxNN-adapter", "+@all");

        Ran plan = ecosystem.run("plan");

        assertEquals(7, plan.exitCode(), plan::toString);
        assertTrue(plan.out().contains(ecosystem.numbered(
                "the Redis user exchange-okxNN-adapter of exchange-okxNN is the one that runs this")), plan::toString);
    }

    /** A login that may do everything, as far as the last of its rules leaves it that. */
    private void connectingAs(String login, String lastRule) {
        TestRedis server = TestRedis.shared();
        try (Jedis jedis = server.connect()) {
            jedis.aclSetUser(ecosystem.numbered(login), "on", ">made-up", "~*", "&*", "+@all", lastRule);
        }
        ecosystem.redis("redis://%s:made-up@127.0.0.1:%d".formatted(login, server.port())).manifest(MANIFEST);
    }

    private void assertNothingStands() {
        assertEquals(
                List.of(),
                ecosystem.query("SELECT nspname FROM pg_namespace WHERE nspname IN ('exchange_okxNN', 'provision')"));
    }
}
