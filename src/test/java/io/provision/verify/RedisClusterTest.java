package io.provision.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.TestCluster;
import io.provision.testing.TestEcosystem;
import io.provision.testing.TestRedis;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** A cluster's nodes have users each: one that is open on one of them is open. */
@Tag("full")
@Timeout(120)
class RedisClusterTest {

    @TempDir
    private Path folder;

    @AutoClose
    private TestCluster cluster;

    private TestEcosystem ecosystem;

    @BeforeEach
    void twoInstances() {
        cluster = new TestCluster(3, 0);
        ecosystem = TestEcosystem.in(folder).redis(cluster.url()).manifest("""
                services: {exchange-simulator: {}}
                instances:
                  exchange-aNN: {service: exchange-simulator}
                  exchange-bNN: {service: exchange-simulator}
                """);
        ecosystem.init("--only", "redis");
    }

    @Test
    void whatIsOpenOnOneNodeIsFoundAndTheOthersAreClean() {
        Verified clean = verify();
        TestRedis last = cluster.nodes().get(2);
        try (Jedis jedis = last.connect()) {
            jedis.aclSetUser(ecosystem.numbered("exchange-aNN-adapter"), ecosystem.numbered("~exchange:bNN:orders:*"));
        }

        Verified open = verify();

        assertEquals(0, clean.exitCode(), clean::toString);
        assertEquals(4, open.exitCode(), open::toString);
        assertEquals(1, open.breaches().size(), open::toString);
        assertTrue(open.breaches().get(0).how().contains(":" + last.port() + " may read and write the keys "),
                open::toString);
    }

    private Verified verify() {
        return Verified.of(ecosystem.run("verify", "--only", "redis", "-o", "json"));
    }
}
