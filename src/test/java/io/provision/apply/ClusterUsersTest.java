package io.provision.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.TestCluster;
import io.provision.testing.TestEcosystem;
import io.provision.testing.TestRedis;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.exceptions.JedisAccessControlException;

/** A small Redis Cluster is found to be one, and used as one. */
@Timeout(300)
class ClusterUsersTest {

    private static final String USER = "exchange-okxNN-adapter";

    @TempDir
    private Path folder;

    @AutoClose
    private TestCluster cluster;

    private TestEcosystem ecosystem;

    @BeforeEach
    void twoMasters() {
        cluster = new TestCluster(2, 0);
        ecosystem = TestEcosystem.in(folder).redis(cluster.url()).manifest("""
                defaults: {redis_password: {generate: "secrets/{instance}"}}
                services: {exchange-simulator: {}}
                instances:
                  exchange-binanceNN: {service: exchange-simulator}
                  exchange-okxNN: {service: exchange-simulator}
                """);
    }

    @Test
    void anInstanceUsesItsNamespaceOnEveryNodeAndRollbackLeavesNoUser() {
        List<List<String>> before = lists();

        ecosystem.init();

        DefaultJedisClientConfig own = DefaultJedisClientConfig.builder()
                .user(ecosystem.numbered(USER))
                .password(ecosystem.read("secrets/exchange-okxNN"))
                .build();
        try (RedisClusterClient client =
                RedisClusterClient.builder().nodes(cluster.addresses()).clientConfig(own).build()) {
            for (int i = 0; i < 50; i++) {
                assertEquals("OK", client.set(ecosystem.numbered("exchange:okxNN:" + i), "1"));
                String other = ecosystem.numbered("exchange:binanceNN:" + i);
                assertThrows(JedisAccessControlException.class, () -> client.get(other));
            }
        }
        ecosystem.assertNothingToDo();
        assertTrue(ecosystem.run("status").out().contains("50"), () -> ecosystem.run("status").toString());
        ecosystem.rollback();
        assertEquals(before, lists());
    }

    private List<List<String>> lists() {
        return cluster.nodes().stream().map(ClusterUsersTest::list).toList();
    }

    private static List<String> list(TestRedis node) {
        try (Jedis jedis = node.connect()) {
            return jedis.aclList();
        }
    }
}
