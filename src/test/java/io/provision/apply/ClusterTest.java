package io.provision.apply;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.TestCluster;
import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import io.provision.testing.TestRedis;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.exceptions.JedisAccessControlException;

/** Three masters and three replicas. */
@Tag("full")
@Timeout(300)
class ClusterTest {

    private static final List<Instance> INSTANCES = List.of(
            new Instance("custodian-aNN", "custodian-simulator", "custodian:aNN", "custodian-aNN-adapter"),
            new Instance("exchange-okxNN", "exchange-simulator", "exchange:okxNN", "exchange-okxNN-adapter"),
            new Instance("exchange-bNN", "exchange-simulator", "exchange:bNN", "exchange-bNN-adapter"));

    @TempDir
    private Path folder;

    @AutoClose
    private TestCluster cluster;

    private TestEcosystem ecosystem;

    private record Instance(String name, String service, String namespace, String user) {}

    @BeforeEach
    void threeOfEach() {
        cluster = new TestCluster(3, 1);
        ecosystem = TestEcosystem.in(folder).redis(cluster.url()).manifest("""
                defaults: {redis_password: {generate: "secrets/{instance}"}}
                services: {custodian-simulator: {}, exchange-simulator: {}}
                instances:
                  custodian-aNN: {service: custodian-simulator}
                  exchange-okxNN: {service: exchange-simulator}
                  exchange-bNN: {service: exchange-simulator}
                """);
    }

    @ParameterizedTest
    @EnumSource(RedisProtocol.class)
    void credentialsOpenTheirOwnNamespaceAndDiscoveryEntryAndNothingElse(RedisProtocol protocol) {
        ecosystem.init();

        List<Executable> proofs = new ArrayList<>();
        for (Instance instance : INSTANCES) {
            for (Instance other : INSTANCES) {
                proofs.add(() -> tryAll(protocol, instance, other));
            }
        }
        assertAll(proofs.stream());
    }

    private void tryAll(RedisProtocol protocol, Instance instance, Instance other) {
        try (RedisClusterClient client = client(protocol, instance)) {
            String discovery = ecosystem.numbered("services:" + other.service() + ":" + other.name());
            for (int i = 0; i < 30; i++) {
                String key = ecosystem.numbered(other.namespace() + ":" + i);
                if (instance.equals(other)) {
                    assertEquals("OK", client.set(key, "1"));
                    assertEquals("1", client.get(key));
                    assertEquals("1", client.eval("return redis.call('GET', KEYS[1])", 1, key));
                } else {
                    assertThrows(JedisAccessControlException.class, () -> client.get(key));
                    assertThrows(JedisAccessControlException.class, () -> client.set(key, "1"));
                }
            }
            if (instance.equals(other)) {
                assertEquals("OK", client.set(discovery, "{}"));
            } else {
                assertThrows(JedisAccessControlException.class, () -> client.set(discovery, "{}"));
            }
            client.get(discovery);
        }
    }

    private RedisClusterClient client(RedisProtocol protocol, Instance instance) {
        return RedisClusterClient.builder()
                .nodes(cluster.addresses())
                .clientConfig(DefaultJedisClientConfig.builder()
                        .user(ecosystem.numbered(instance.user()))
                        .password(ecosystem.read("secrets/" + instance.name()))
                        .protocol(protocol)
                        .build())
                .build();
    }

    @Test
    void everyNodeHasTheUsersAndRollbackTakesThemFromEach() {
        List<List<String>> before = lists();

        Ran init = ecosystem.init();

        for (TestRedis node : cluster.nodes()) {
            for (Instance instance : INSTANCES) {
                try (Jedis own = node.logIn(
                        ecosystem.numbered(instance.user()), ecosystem.read("secrets/" + instance.name()))) {
                    assertEquals("PONG", own.ping(), init::toString);
                }
            }
        }
        ecosystem.assertNothingToDo();
        ecosystem.rollback();
        assertEquals(before, lists());
    }

    @Test
    void keysAndDiscoveryEntriesOfAllMastersAreSeen() {
        ecosystem.init();
        try (RedisClusterClient client = client(RedisProtocol.RESP2, INSTANCES.get(0))) {
            for (int i = 0; i < 1_234; i++) {
                client.set(ecosystem.numbered("custodian:aNN:" + i), "1");
            }
        }
        for (Instance instance : INSTANCES) {
            try (RedisClusterClient client = client(RedisProtocol.RESP2, instance)) {
                client.set(
                        ecosystem.numbered("services:" + instance.service() + ":" + instance.name()),
                        "{\"status\": \"healthy\"}");
            }
        }

        Ran status = ecosystem.run("status");

        assertTrue(status.out().contains("1234"), status::toString);
        assertEquals(3, status.out().split("healthy", -1).length - 1, status::toString);
    }

    @Test
    void keysAndDiscoveryEntriesGoFromAllMastersWhereThatIsWanted() {
        ecosystem.init();
        for (Instance instance : INSTANCES) {
            try (RedisClusterClient client = client(RedisProtocol.RESP3, instance)) {
                client.set(ecosystem.numbered("services:" + instance.service() + ":" + instance.name()), "{}");
                for (int i = 0; i < 100; i++) {
                    client.set(ecosystem.numbered(instance.namespace() + ":" + i), "1");
                }
            }
        }

        Ran rollback = ecosystem.rollback("--discard-data");

        for (TestRedis node : cluster.nodes().subList(0, 3)) {
            try (Jedis jedis = node.connect()) {
                assertEquals(0, jedis.dbSize(), rollback::toString);
            }
        }
    }

    @Test
    void aNodeThatJoinsIsDriftUnderItsOwnNameAndInitMendsIt() {
        ecosystem.init();
        TestRedis joined = cluster.join();

        Ran plan = ecosystem.run("plan");
        ecosystem.init();

        assertTrue(
                plan.out().contains(ecosystem.numbered(
                        "+ acl user exchange-okxNN-adapter at 127.0.0.1:" + joined.port() + "  # there is none")),
                plan::toString);
        assertTrue(plan.out().contains("3 to create, 0 to alter"), plan::toString);
        try (Jedis own = joined.logIn(
                ecosystem.numbered("exchange-okxNN-adapter"), ecosystem.read("secrets/exchange-okxNN"))) {
            assertEquals("PONG", own.ping());
        }
        ecosystem.assertNothingToDo();
    }

    @Test
    void aNodeThatIsDownIsNamedAndNothingIsDone() {
        TestRedis down = cluster.nodes().get(4);
        down.stop();

        Ran init = ecosystem.run("init");

        assertEquals(7, init.exitCode(), init::toString);
        assertTrue(init.err().contains("127.0.0.1:" + down.port()), init::toString);
        assertTrue(init.err().contains("nothing listens there"), init::toString);
        for (TestRedis node : cluster.nodes()) {
            if (node != down) {
                assertEquals(1, list(node).size());
            }
        }
    }

    @Test
    void aNodeOfTheUrlMayBeDownIfAnotherAnswers() {
        ecosystem.redis("redis://default:%s@127.0.0.1:1,127.0.0.1:%d".formatted(
                cluster.password(), cluster.nodes().get(5).port()))
                .manifest("""
                        services: {custodian-simulator: {}}
                        instances: {custodian-aNN: {service: custodian-simulator}}
                        """);

        Ran init = ecosystem.run("init");

        assertEquals(0, init.exitCode(), init::toString);
    }

    @Test
    void aSlotOnItsWayToAnotherMasterKeepsItsInstanceWaiting() {
        String key = ecosystem.numbered("custodian:aNN:__validation__");
        try (Jedis one = cluster.nodes().get(0).connect()) {
            long slot = one.clusterKeySlot(key);
            TestRedis from = cluster.nodes().get((int) (slot * 3 / 16_384));
            TestRedis to = cluster.nodes().get((int) ((slot * 3 / 16_384 + 1) % 3));
            String source = TestCluster.id(from);
            String target = TestCluster.id(to);
            try (Jedis source0 = from.connect(); Jedis target0 = to.connect()) {
                target0.clusterSetSlotImporting((int) slot, source);
                source0.clusterSetSlotMigrating((int) slot, target);
                Ran early = ecosystem.run("init");
                assertEquals(1, early.exitCode(), early::toString);
                assertTrue(early.err().contains("on its way to another node"), early::toString);
                for (TestRedis node : cluster.nodes().subList(0, 3)) {
                    try (Jedis jedis = node.connect()) {
                        jedis.clusterSetSlotNode((int) slot, target);
                    }
                }
            }
        }

        Ran late = ecosystem.run("init");

        assertEquals(0, late.exitCode(), late::toString);
    }

    @Test
    void theLoginThatGrantsMakesIsEnough() {
        for (TestRedis node : cluster.nodes()) {
            try (Jedis jedis = node.connect()) {
                // The optional ones, too: the rule is for redis-cli, which sends a line a command.
                ecosystem.run("grants", "provisioner").out().lines()
                        .map(line -> line.replaceFirst("^# (?=ACL SETUSER)", ""))
                        .filter(line -> line.startsWith("ACL SETUSER"))
                        .map(line -> line.replace(">PASSWORD", ">made-up").split(" "))
                        .forEach(words -> jedis.aclSetUser(words[2], Arrays.copyOfRange(words, 3, words.length)));
            }
        }
        ecosystem.redis("redis://provisioner:made-up@127.0.0.1:" + cluster.nodes().get(0).port()).manifest("""
                services: {custodian-simulator: {}}
                instances: {custodian-aNN: {service: custodian-simulator}}
                """);

        ecosystem.init();

        ecosystem.assertNothingToDo();
        assertEquals(0, ecosystem.run("status").exitCode());
        ecosystem.rollback();
    }

    private List<List<String>> lists() {
        return cluster.nodes().stream().map(ClusterTest::list).toList();
    }

    private static List<String> list(TestRedis node) {
        try (Jedis jedis = node.connect()) {
            return jedis.aclList();
        }
    }
}
