package io.provision.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import io.provision.testing.TestRedis;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** Instances whose Redis users another hand makes and keeps ({@code redis.acl: off}). */
class OwnRedisUserTest {

    private static final String PASSWORD = "made-up-password";

    @TempDir
    private Path folder;

    @AutoClose
    private final Jedis redis = TestRedis.shared().connect();

    private TestEcosystem ecosystem;

    @BeforeEach
    void threeOfWhichTwoHaveUsers() {
        ecosystem = TestEcosystem.in(folder)
                .redisSettings("acl: off")
                .file("redis/exchange-goodNN", PASSWORD + "\n")
                .file("redis/exchange-poorNN", PASSWORD + "\n")
                .file("redis/exchange-noneNN", PASSWORD + "\n")
                .manifest("""
                        services:
                          exchange-simulator: {redis_password: {file: "redis/{instance}"}}
                        instances:
                          exchange-goodNN: {service: exchange-simulator}
                          exchange-poorNN: {service: exchange-simulator}
                          exchange-noneNN: {service: exchange-simulator}
                        """);
        makeUser("exchange-goodNN-adapter", "~exchange:goodNN:*");
        makeUser("exchange-poorNN-adapter", "~exchange:elsewhere:*");
    }

    @Test
    void oneWithNoRightInItsNamespaceFailsAloneAndIsMadeOnceItHasIt() {
        Ran init = ecosystem.run("init", "-v");

        assertEquals(1, init.exitCode(), init::toString);
        assertTrue(
                init.err().contains(ecosystem.numbered("as its own user exchange-poorNN-adapter, by setting a key: the"
                        + " user has no right to do that there (NOPERM ")),
                init::toString);
        String rule = ecosystem.numbered("~exchange:poorNN:*");
        assertTrue(init.err().contains(rule + " +set +get +del +eval`"), init::toString);
        assertEquals(
                List.of("exchange-goodNN done", "exchange-noneNN done", "exchange-poorNN undone").stream()
                        .map(ecosystem::numbered)
                        .toList(),
                ecosystem.query("""
                        SELECT instance || ' ' || outcome
                        FROM provision.intent_outcomes
                        WHERE instance LIKE 'exchange%'
                        ORDER BY 1
                        """));
        assertFalse(ecosystem.stands("volumes/exchange-poorNN"));
        assertNoPasswordIn(init);

        redis.aclSetUser(ecosystem.numbered("exchange-poorNN-adapter"), rule);

        ecosystem.init();
        assertTrue(ecosystem.stands("volumes/exchange-poorNN"));
        assertTrue(ecosystem.run("init").out().contains("nothing to do"));
    }

    @Test
    void oneWithAnotherPasswordThanTheManifestKnowsFailsAlone() {
        ecosystem.file("redis/exchange-goodNN", "mistyped-password\n");

        Ran init = ecosystem.run("init", "-v", "exchange-goodNN", "exchange-noneNN");

        assertEquals(1, init.exitCode(), init::toString);
        assertTrue(init.err().contains("the user has another password than the manifest knows (WRONGPASS "),
                init::toString);
        assertFalse(init.toString().contains("mistyped-password"), init::toString);
        assertNoPasswordIn(init);
        assertFalse(ecosystem.stands("volumes/exchange-goodNN"));
        assertTrue(ecosystem.stands("volumes/exchange-noneNN"));
    }

    @Test
    void whereThePasswordCannotBeReadTheLoginTries() {
        ecosystem.file("redis/exchange-poorNN", "");

        ecosystem.init("exchange-poorNN");

        assertTrue(ecosystem.stands("volumes/exchange-poorNN"));
    }

    @Test
    void withoutPostgresToo() {
        Ran init = ecosystem.run("init", "-v", "--only", "redis,volumes");

        assertEquals(1, init.exitCode(), init::toString);
        assertTrue(init.err().contains(ecosystem.numbered("as its own user exchange-poorNN-adapter")), init::toString);
        assertNoPasswordIn(init);
        assertTrue(ecosystem.stands("volumes/exchange-goodNN"));
        assertTrue(ecosystem.stands("volumes/exchange-noneNN"));
        assertFalse(ecosystem.stands("volumes/exchange-poorNN"));
    }

    @Test
    void aNamespaceThatTwoShareMustSuitBoth() {
        ecosystem.manifest("""
                services:
                  exchange-simulator: {namespace: "exchange:goodNN", redis_password: {file: "redis/{instance}"}}
                instances:
                  exchange-goodNN: {service: exchange-simulator, shares_namespace_with: [exchange-poorNN]}
                  exchange-poorNN: {service: exchange-simulator, shares_namespace_with: [exchange-goodNN]}
                """);

        Ran init = ecosystem.run("init");

        assertEquals(1, init.exitCode(), init::toString);
        assertTrue(init.err().contains(ecosystem.numbered("as its own user exchange-poorNN-adapter")), init::toString);
        assertFalse(ecosystem.stands("volumes/exchange-goodNN"));
        assertEquals(
                List.of(),
                ecosystem.query("SELECT rolname FROM pg_roles WHERE rolname LIKE 'exchange_%NN_adapter'"));
    }

    @Test
    void aPasswordThatIsToBeGeneratedIsNotMadeForTheTrial() {
        ecosystem.manifest("""
                services:
                  exchange-simulator: {redis_password: {generate: "secrets/{instance}"}}
                instances:
                  exchange-poorNN: {service: exchange-simulator}
                """);

        ecosystem.init();

        assertFalse(ecosystem.stands("secrets"));
    }

    private void makeUser(String name, String pattern) {
        redis.aclSetUser(
                ecosystem.numbered(name), "on", ">" + PASSWORD, ecosystem.numbered(pattern),
                "+set", "+get", "+del", "+eval");
    }

    private void assertNoPasswordIn(Ran ran) {
        assertFalse(ran.toString().contains(PASSWORD), ran::toString);
    }
}
