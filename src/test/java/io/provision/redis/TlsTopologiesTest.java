package io.provision.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.Pause;
import io.provision.testing.TestCluster;
import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import io.provision.testing.TestRedis;
import io.provision.testing.TestSentinel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** Servers that are found through others are reached like these: encrypted, and with a certificate. */
@Tag("full")
@Timeout(120)
class TlsTopologiesTest {

    @TempDir
    private Path folder;

    private TestCertificate certificate;
    private TestEcosystem ecosystem;

    @BeforeEach
    void anInstance() throws Exception {
        certificate = TestCertificate.forSubject("ip:127.0.0.1", "EC", folder);
        ecosystem = TestEcosystem.in(folder).redisSettings(
                "tls: {ca: cert.pem, cert: cert.pem, key: key.pem}");
    }

    private Map<String, String> encrypted() {
        Map<String, String> settings = new HashMap<>(files());
        settings.put("tls-port", Integer.toString(TestCluster.freePort()));
        settings.put("repl-diskless-sync-delay", "0");
        settings.put("shutdown-timeout", "0");
        return settings;
    }

    private Map<String, String> files() {
        return Map.of(
                "tls-replication", "yes",
                "tls-cert-file", certificate.cert().toString(),
                "tls-key-file", certificate.key().toString(),
                "tls-ca-cert-file", certificate.cert().toString());
    }

    @Test
    void theReplicasOfAServer() {
        try (Group group = new Group()) {
            provision("rediss://default:%s@127.0.0.1:%d".formatted(
                    group.primary.password(), tlsPort(group.primary)), group.servers());
        }
    }

    @Test
    void whatSentinelsKnow() {
        try (Group group = new Group();
                TestSentinel sentinel = new TestSentinel(
                        folder, tlsPort(group.primary), group.primary.password(), 1, """
                        port 0
                        tls-port %%d
                        tls-replication yes
                        tls-cert-file %s
                        tls-key-file %s
                        tls-ca-cert-file %s
                        """.formatted(certificate.cert(), certificate.key(), certificate.cert()))) {
            String url = "rediss+sentinel://default:%s@127.0.0.1:%d/mymaster"
                    .formatted(group.primary.password(), sentinel.port());
            awaitNodes(url, 2);

            provision(url, group.servers());
        }
    }

    private void awaitNodes(String url, int count) {
        TlsFiles files = new TlsFiles(
                Optional.of(certificate.cert()),
                Optional.of(certificate.cert()),
                Optional.of(certificate.key()));
        try (RedisStore store = RedisStore.connect(RedisServers.of(List.of(url), files))) {
            while (store.aclNodes().size() < count) {
                Pause.brief();
            }
        }
    }

    @Test
    void theNodesOfACluster() {
        try (TestCluster cluster = new TestCluster(2, 1, () -> {
            Map<String, String> settings = encrypted();
            settings.put("tls-cluster", "yes");
            return settings;
        })) {
            provision("rediss://default:%s@127.0.0.1:%d".formatted(
                    cluster.password(), tlsPort(cluster.nodes().get(0))), cluster.nodes());
        }
    }

    private void provision(String url, List<TestRedis> servers) {
        ecosystem.redis(url).manifest("""
                defaults: {redis_password: {generate: "secrets/{instance}"}}
                services: {exchange-simulator: {}}
                instances: {exchange-okxNN: {service: exchange-simulator}}
                """);

        Ran plan = ecosystem.run("plan");
        ecosystem.init();

        for (TestRedis server : servers.subList(1, servers.size())) {
            assertTrue(plan.out().contains(ecosystem.numbered(
                    "exchange-okxNN-adapter at 127.0.0.1:" + tlsPort(server))), plan::toString);
        }
        for (TestRedis server : servers) {
            try (Jedis jedis = server.connect()) {
                assertEquals(2, jedis.aclUsers().size());
            }
        }
        ecosystem.assertNothingToDo();
        ecosystem.rollback();
    }

    private static int tlsPort(TestRedis server) {
        try (Jedis jedis = server.connect()) {
            return Integer.parseInt(jedis.configGet("tls-port").get("tls-port"));
        }
    }

    /** A primary and a replica. */
    private final class Group implements AutoCloseable {

        private final TestRedis primary = TestRedis.with(encrypted());
        private final TestRedis replica = TestRedis.with(encrypted());

        Group() {
            try (Jedis jedis = replica.connect()) {
                jedis.aclSetUser("default", ">" + primary.password());
                jedis.configSet("masterauth", primary.password());
                jedis.replicaof("127.0.0.1", tlsPort(primary));
                while (!jedis.info("replication").contains("master_link_status:up")) {
                    Pause.brief();
                }
            }
        }

        List<TestRedis> servers() {
            return List.of(primary, replica);
        }

        @Override
        public void close() {
            replica.stop();
            primary.stop();
        }
    }
}
