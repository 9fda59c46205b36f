package io.provision.apply;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import io.provision.testing.TestRedis;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.SortingParams;
import redis.clients.jedis.util.SafeEncoder;

/** What an instance's credentials open, tried with the real ones on real connections, for every pair of instances. */
@Timeout(60)
class UserPairsTest {

    /** As {@code redis.md} lists it, and what else would carry one instance's data to another. */
    private static final List<String> FORBIDDEN = List.of(
            "FLUSHALL", "FLUSHDB", "SWAPDB 0 1", "KEYS *", "RANDOMKEY", "CONFIG GET *", "MONITOR",
            "SCRIPT FLUSH", "SCRIPT KILL", "MOVE k 1", "MIGRATE h 1 k 0 1", "CLIENT TRACKING ON BCAST", "CLIENT LIST",
            "CLIENT KILL ID 1", "ACL LIST", "ACL SETUSER x", "SAVE", "SHUTDOWN", "REPLICAOF NO ONE", "INFO", "DBSIZE",
            "PUBSUB CHANNELS", "SELECT 1", "RESTORE k 0 x", "SLOWLOG GET", "MODULE LIST",
            "PFDEBUG ENCODING k", "LATENCY RESET", "BGREWRITEAOF", "CLIENT TRACKING ON",
            "ACL DELUSER x", "ACL WHOAMI", "CONFIG REWRITE");

    private static final List<String> FORBIDDEN_SINCE_7 =
            List.of("FUNCTION FLUSH", "FUNCTION LOAD x", "FUNCTION LIST", "FCALL f 0", "FCALL_RO f 0");

    private static final List<Instance> INSTANCES = List.of(
            new Instance("audit-correlator", "audit-correlator", "audit", "audit-adapter"),
            new Instance("exchange-okxNN", "exchange-simulator", "exchange:okxNN", "exchange-okxNN-adapter"),
            new Instance(
                    "exchange-binanceNN", "exchange-simulator", "exchange:binanceNN", "exchange-binanceNN-adapter"));

    @TempDir
    private Path folder;

    private TestEcosystem ecosystem;
    private TestRedis server;
    private boolean readOnlyKeys = true;

    private static final class Deaf extends JedisPubSub {}

    private record Instance(String name, String service, String namespace, String user) {}

    @Test
    void onSeven() {
        server = TestRedis.shared();
        provision();

        assertAll(everything());
    }

    @Tag("full")
    @Test
    void onSixWhereDiscoveryIsEverybodysAndThatIsSaid() {
        assumeTrue(TestRedis.isSixAvailable(), "no binary of Redis 6.2");
        server = TestRedis.six(Map.of());
        readOnlyKeys = false;

        Ran plan = provision();

        assertTrue(plan.out().contains("instances can write each other's discovery entries there"), plan::toString);
        assertAll(everything());
        try (Jedis admin = server.connect()) {
            List<String> made = admin.aclList();
            ecosystem.assertNothingToDo();
            admin.aclSetUser(ecosystem.numbered("exchange-okxNN-adapter"), "~*", "+flushall", "&*", "-get");
            String changed = ecosystem.run("plan").out();
            assertTrue(changed.contains("it may use ~*; it may use &*;"), changed);
            assertTrue(changed.contains("it may FLUSHALL; it may not GET"), changed);
            ecosystem.init();
            assertEquals(made, admin.aclList());
            ecosystem.rollback();
            assertEquals(List.of("default"), admin.aclUsers());
        }
        server.stop();
    }

    @Tag("full")
    @Test
    void onAnyOtherThatIsAtHand() {
        Optional<TestRedis> other = TestRedis.another();
        assumeTrue(other.isPresent(), "-Dprovision.test.redis names no other server");
        server = other.get();
        provision();

        assertAll(everything());
        ecosystem.assertNothingToDo();
        ecosystem.rollback();
        server.stop();
    }

    private Ran provision() {
        ecosystem = TestEcosystem.in(folder).redis(server.url()).manifest("""
                defaults: {redis_password: {generate: "secrets/{instance}"}}
                services: {audit-correlator: {}, exchange-simulator: {}}
                instances:
                  audit-correlator: {legacy_namespaces: [cache]}
                  exchange-okxNN: {service: exchange-simulator}
                  exchange-binanceNN: {service: exchange-simulator}
                """);
        Ran plan = ecosystem.run("plan");
        ecosystem.init();
        return plan;
    }

    private Stream<Executable> everything() {
        List<Executable> proofs = new ArrayList<>();
        for (Instance instance : INSTANCES) {
            proofs.add(() -> worksInItsOwn(instance));
            forbidden().forEach(command -> proofs.add(() -> isForbidden(instance, command)));
            INSTANCES.stream()
                    .filter(other -> !other.equals(instance))
                    .forEach(other -> proofs.add(() -> isKeptOutOf(other, instance)));
        }
        proofs.add(() -> {
            try (Jedis audit = logIn(INSTANCES.get(0))) {
                assertEquals("OK", audit.set("cache:a", "1"));
            }
        });
        return proofs.stream();
    }

    private List<String> forbidden() {
        return readOnlyKeys
                ? Stream.concat(FORBIDDEN.stream(), FORBIDDEN_SINCE_7.stream()).toList()
                : FORBIDDEN;
    }

    private void worksInItsOwn(Instance instance) {
        String key = own(instance, "a");
        try (Jedis jedis = logIn(instance)) {
            assertEquals("OK", jedis.set(key, "1"));
            assertEquals("1", jedis.get(key));
            assertEquals(1, jedis.expire(key, 100));
            assertEquals(1, jedis.hset(own(instance, "h"), "f", "v"));
            assertEquals(1, jedis.lpush(own(instance, "l"), "x"));
            assertEquals("x", jedis.blpop(1, own(instance, "l")).get(1));
            assertEquals("1", jedis.eval("return redis.call('GET', KEYS[1])", 1, key));
            String sha = jedis.scriptLoad("return 7");
            assertEquals(7L, jedis.evalsha(sha));
            var transaction = jedis.multi();
            transaction.incr(own(instance, "n"));
            assertEquals(1, transaction.exec().size());
            assertEquals(0, jedis.publish(own(instance, "news"), "hello"));
            jedis.scan("0");
            assertEquals("OK", jedis.select(0));
            assertEquals("OK", jedis.clientSetname("me"));
            assertTrue(jedis.commandCount() > 100);
            assertEquals("OK", jedis.set(discovery(instance), "{}"));
            assertEquals(1, jedis.expire(discovery(instance), 100));
            jedis.del(key, own(instance, "h"), own(instance, "n"));
        }
    }

    private void isKeptOutOf(Instance other, Instance instance) {
        try (Jedis admin = server.connect(); Jedis jedis = logIn(instance)) {
            admin.set(discovery(other), "{}");
            assertEquals("{}", jedis.get(discovery(other)));
            assertThrows(JedisAccessControlException.class, () -> jedis.get(own(other, "a")));
            assertThrows(JedisAccessControlException.class, () -> jedis.set(own(other, "a"), "1"));
            assertThrows(JedisAccessControlException.class, () -> jedis.rename(own(instance, "a"), own(other, "a")));
            assertThrows(JedisAccessControlException.class, () -> jedis.publish(own(other, "news"), "hello"));
            assertThrows(JedisAccessControlException.class, () -> jedis.subscribe(new Deaf(), own(other, "news")));
            assertThrows(JedisAccessControlException.class, () -> jedis.psubscribe(new Deaf(), "*"));
            assertThrows(JedisDataException.class, () -> jedis.sort(
                    own(instance, "a"), new SortingParams().by(own(other, "*")).get(own(other, "*"))));
            assertThrows(
                    JedisDataException.class, () -> jedis.eval("return redis.call('GET', '" + own(other, "a") + "')"));
            if (readOnlyKeys) {
                assertThrows(JedisAccessControlException.class, () -> jedis.set(discovery(other), "{}"));
                assertThrows(JedisAccessControlException.class, () -> jedis.del(discovery(other)));
            } else {
                assertDoesNotThrow(() -> jedis.set(discovery(other), "{}"));
            }
        }
    }

    private void isForbidden(Instance instance, String command) {
        String[] words = command.split(" ");
        try (Jedis jedis = logIn(instance)) {
            JedisDataException refused = assertThrows(
                    JedisDataException.class,
                    () -> jedis.sendCommand(
                            () -> words[0].getBytes(StandardCharsets.US_ASCII),
                            SafeEncoder.encodeMany(Arrays.copyOfRange(words, 1, words.length))),
                    command);
            assertTrue(refused.getMessage().startsWith("NOPERM"), () -> command + ": " + refused.getMessage());
        }
    }

    private String own(Instance instance, String key) {
        return ecosystem.numbered(instance.namespace() + ":" + key);
    }

    private String discovery(Instance instance) {
        return ecosystem.numbered("services:" + instance.service() + ":" + instance.name());
    }

    private Jedis logIn(Instance instance) {
        return server.logIn(ecosystem.numbered(instance.user()), ecosystem.read("secrets/" + instance.name()));
    }
}
