package io.provision.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.TestCluster;
import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import io.provision.testing.TestRedis;
import io.provision.testing.Tollgate;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** A rotation that fails on its way takes no password away that was valid before it. */
@Timeout(60)
class FailedRotationTest {

    private static final String USER = "exchange-okxNN-adapter";
    private static final String SECRET = "secrets/exchange-okxNN";

    /** The last thing before Redis is asked anything under the lock. */
    private static final String INTENT = ".intents (run, instance, changes)";

    @TempDir
    private Path folder;

    private TestRedis server;
    private TestEcosystem ecosystem;

    @BeforeEach
    void anEcosystem() {
        server = TestRedis.shared();
        ecosystem = TestEcosystem.in(folder);
    }

    @Test
    void aPasswordThatCannotBeMadeTakesNoOtherFileAway() {
        ecosystem.manifest("""
                defaults: {password: {generate: "secrets/{instance}"}, volumes: {dirs: []}}
                services: {exchange-simulator: {}}
                instances:
                  exchange-okxNN: {service: exchange-simulator}
                  exchange-binanceNN: {service: exchange-simulator}
                """).init();
        String okx = ecosystem.read(SECRET);
        String binance = ecosystem.read("secrets/exchange-binanceNN");
        ecosystem.file("secrets/.exchange-binanceNN.next/obstacle", "");

        Ran rotate = ecosystem.run("rotate", "--yes", "exchange-okxNN", "exchange-binanceNN");

        assertNotEquals(0, rotate.exitCode(), rotate::toString);
        assertEquals(binance, ecosystem.read("secrets/exchange-binanceNN"));
        assertEquals(okx, ecosystem.read(SECRET));
        new RotatedInstance(ecosystem, server).assertLogsIn(okx);
    }

    @Test
    @Tag("full")
    void aNodeOfAClusterThatGoesMeanwhileTakesNoPasswordAwayThatTheOthersTookBefore() throws Exception {
        try (TestCluster cluster = new TestCluster(3, 0)) {
            keptBySomebodyElse(cluster.url());

            Ran rotate = rotateWhile(cluster.nodes().get(2)::stop);

            assertEquals(5, rotate.exitCode(), rotate::toString);
            for (TestRedis node : cluster.nodes().subList(0, 2)) {
                node.logIn(ecosystem.numbered(USER), "first").close();
            }
        }
    }

    @Test
    @Tag("full")
    void aReplicaThatGoesMeanwhileTakesNoPasswordAwayThatThePrimaryTookBefore() throws Exception {
        TestRedis primary = TestRedis.with(Map.of("repl-diskless-sync-delay", "0", "shutdown-timeout", "0"));
        TestRedis replica = TestRedis.with(Map.of());
        try (Jedis jedis = replica.connect()) {
            jedis.aclSetUser("default", ">" + primary.password());
        }
        replica.replicating(primary);
        keptBySomebodyElse(primary.url());

        Ran rotate = rotateWhile(replica::stop);

        assertNotEquals(0, rotate.exitCode(), rotate::toString);
        new RotatedInstance(ecosystem, primary).assertLogsIn("first");
        primary.stop();
    }

    private void keptBySomebodyElse(String redisUrl) {
        ecosystem.redis(redisUrl).file("vault/okx", "first\n").manifest("""
                services: {exchange-simulator: {password: {file: vault/okx}, volumes: {dirs: []}}}
                instances: {exchange-okxNN: {service: exchange-simulator}}
                """).init();
    }

    private Ran rotateWhile(Runnable happens) throws Exception {
        String url = ecosystem.postgresUrl();
        try (Tollgate gate = Tollgate.meanwhile(INTENT, happens)) {
            ecosystem.connectingAs(gate.through(url));
            Ran rotate = ecosystem.run("rotate", "--yes", "exchange-okxNN");
            assertTrue(gate.reached() > 0, "the intent was not seen");
            return rotate;
        } finally {
            ecosystem.connectingAs(url);
        }
    }
}
