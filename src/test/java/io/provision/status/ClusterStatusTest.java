package io.provision.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.TestCluster;
import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClusterClient;

/** What services wrote on all masters of a cluster is seen, counted and taken away. */
@Tag("full")
@Timeout(120)
class ClusterStatusTest {

    @TempDir
    private Path folder;

    private TestCluster cluster;
    private TestEcosystem ecosystem;
    private RedisClusterClient client;

    @BeforeEach
    void keysOnEveryMaster() {
        cluster = new TestCluster(3, 0);
        ecosystem = TestEcosystem.in(folder).redis(cluster.url()).manifest("""
                services: {exchange-simulator: {}}
                instances:
                  exchange-aNN: {service: exchange-simulator}
                  exchange-bNN: {service: exchange-simulator}
                """);
        client = RedisClusterClient.builder()
                .nodes(cluster.addresses())
                .clientConfig(DefaultJedisClientConfig.builder().password(cluster.password()).build())
                .build();
        for (int i = 0; i < 100; i++) {
            client.set(ecosystem.numbered("exchange:aNN:" + i), "1");
        }
        for (String name : new String[] {"aNN", "bNN", "aNN-7f3a", "aNN-81c2", "bNN-90aa"}) {
            client.set(ecosystem.numbered("services:exchange-simulator:exchange-" + name), """
                    {"status": "healthy", "timestamp": "2999-01-01T10:00:00Z"}""");
        }
    }

    @AfterEach
    void stop() {
        client.close();
        cluster.close();
    }

    @Test
    void statusSeesThemAll() {
        ecosystem.init();

        Ran status = ecosystem.run("status");

        assertEquals(0, status.exitCode(), status::toString);
        assertTrue(status.out().matches("(?s).*exchange-a\\d+ +healthy .* 100 .* healthy +2999.*"), status::toString);
        assertEquals(
                3, status.out().lines().filter(line -> line.startsWith("of no instance: ")).count(), status::toString);
    }

    @Test
    void planCountsThemAll() {
        assertTrue(ecosystem.run("plan").out().contains(ecosystem.numbered(
                "note: 100 keys stand already in the namespace of exchange-aNN, which is new: exchange:aNN:*")));
    }

    @Test
    void rollbackTakesThemAwayWhereItIsToldTo() {
        ecosystem.init();
        client.set(ecosystem.numbered("exchange:bNN:1"), "1");

        Ran rollback = ecosystem.run("rollback", "exchange-aNN", "--yes", "--discard-data");

        assertEquals(0, rollback.exitCode(), rollback::toString);
        assertFalse(client.exists(ecosystem.numbered("services:exchange-simulator:exchange-aNN")));
        assertEquals(
                Set.of(ecosystem.numbered("exchange:bNN:1")),
                keys("exchange:*"));
        assertEquals(4, keys("services:*").size());
    }

    private Set<String> keys(String pattern) {
        Set<String> keys = new TreeSet<>();
        cluster.nodes().forEach(node -> {
            try (Jedis jedis = node.connect()) {
                keys.addAll(jedis.keys(pattern));
            }
        });
        return keys;
    }
}
