package io.provision.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import io.provision.testing.TestRedis;
import io.provision.testing.TestSentinel;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** A master is found through a sentinel. */
@Timeout(60)
class SentinelUsersTest {

    private static final String MANIFEST = """
            defaults: {redis_password: {generate: "secrets/{instance}"}}
            services: {exchange-simulator: {}}
            instances: {exchange-okxNN: {service: exchange-simulator}}
            """;

    @TempDir
    private Path folder;

    private TestRedis master;
    private TestSentinel sentinel;
    private TestEcosystem ecosystem;

    @BeforeEach
    void aSentinelThatWantsAPassword() {
        master = TestRedis.with(Map.of());
        sentinel = new TestSentinel(folder, master, 1, "requirepass " + master.password());
        ecosystem = TestEcosystem.in(folder);
    }

    @AfterEach
    void stop() {
        sentinel.close();
        master.stop();
    }

    private TestEcosystem named(String name) {
        return ecosystem
                .redis("redis+sentinel://default:%s@localhost:1,127.0.0.1:%d/%s"
                        .formatted(master.password(), sentinel.port(), name))
                .manifest(MANIFEST);
    }

    @Test
    void theMasterIsFoundAndIsCalledByItsAddress() {
        Ran plan = named("mymaster").run("plan");
        ecosystem.init();

        assertTrue(
                plan.out().contains(ecosystem.numbered(
                        "+ acl user exchange-okxNN-adapter at 127.0.0.1:" + master.port())),
                plan::toString);
        try (Jedis own = master.logIn(
                ecosystem.numbered("exchange-okxNN-adapter"), ecosystem.read("secrets/exchange-okxNN"))) {
            assertEquals("OK", own.set(ecosystem.numbered("exchange:okxNN:a"), "1"));
        }
        ecosystem.assertNothingToDo();
    }

    @Test
    void aNameThatTheSentinelDoesNotKnowIsTold() {
        Ran plan = named("othermaster").run("plan");

        assertEquals(2, plan.exitCode(), plan::toString);
        assertTrue(plan.err().contains("know no master othermaster"), plan::toString);
    }

    @Test
    void aSentinelIsNotTakenForAServer() {
        Ran plan = ecosystem.redis("redis://:%s@127.0.0.1:%d".formatted(master.password(), sentinel.port()))
                .manifest(MANIFEST)
                .run("plan");

        assertEquals(2, plan.exitCode(), plan::toString);
        assertTrue(plan.err().contains("is a sentinel"), plan::toString);
    }
}
