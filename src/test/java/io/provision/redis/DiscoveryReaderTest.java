package io.provision.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.redis.DiscoveryEntry.Fields;
import io.provision.redis.DiscoveryEntry.Hidden;
import io.provision.redis.DiscoveryEntry.Text;
import io.provision.redis.DiscoveryEntry.Unreadable;
import io.provision.testing.TestRedis;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

class DiscoveryReaderTest {

    private final TestRedis server = TestRedis.sharedWithoutPassword();

    @AutoClose
    private final Jedis jedis = server.connect();

    @Test
    void entriesAreReadInWhicheverFormTheServiceWroteThem() {
        jedis.hset("services:a:a", Map.of("service", "a", "status", "healthy"));
        jedis.set("services:b:b", "{\"service\": \"b\"}");
        jedis.rpush("services:c:c", "1");
        jedis.set("services:d:d", "not json");

        assertEquals(
                List.of(
                        new Fields("services:a:a", Map.of("service", "a", "status", "healthy")),
                        new Text("services:b:b", "{\"service\": \"b\"}"),
                        new Unreadable("services:c:c", "it is a list, neither a string nor a hash"),
                        new Text("services:d:d", "not json")),
                read("services:d:d", "services:a:a", "services:b:b", "services:gone:gone", "services:c:c"));
    }

    @Test
    void anEntryThatIsMuchTooLongIsNotReadWhole() {
        jedis.set("services:a:a", "x".repeat(65_536));
        jedis.set("services:b:b", "x".repeat(65_537));

        List<DiscoveryEntry> entries = read("services:a:a", "services:b:b");

        assertEquals(new Text("services:a:a", "x".repeat(65_536)), entries.get(0));
        assertEquals(new Unreadable("services:b:b", "it is longer than 65536 bytes"), entries.get(1));
    }

    @Test
    void noMoreIsAHashWhoseFieldsTogetherAreMuchTooLong() {
        jedis.hset("services:a:a", Map.of("status", "x".repeat(32_768), "version", "y".repeat(32_768)));
        jedis.hset("services:b:b", Map.of("status", "x".repeat(32_768), "version", "y".repeat(32_769)));

        List<DiscoveryEntry> entries = read("services:a:a", "services:b:b");

        assertEquals(
                new Fields("services:a:a", Map.of("status", "x".repeat(32_768), "version", "y".repeat(32_768))),
                entries.get(0));
        assertEquals(new Unreadable("services:b:b", "it is longer than 65536 bytes"), entries.get(1));
    }

    @Test
    void whatTheLoginMayNotReadIsToldForItsEntryAlone() {
        jedis.hset("services:a:a", "service", "a");
        jedis.hset("services:b:b", "service", "b");
        jedis.aclSetUser("narrow", "on", ">s3cret", "~services:a:*", "+@all");

        List<DiscoveryEntry> entries;
        try (RedisStore store = RedisStore.connect(
                RedisTarget.of("redis://narrow:s3cret@127.0.0.1:%d".formatted(server.port())))) {
            entries = store.discovery(List.of("services:a:a", "services:b:b"));
        }

        assertEquals(new Fields("services:a:a", Map.of("service", "a")), entries.get(0));
        assertTrue(((Hidden) entries.get(1)).why().startsWith("the server says: NOPERM"), entries.toString());
    }

    @Test
    void ofAHashThatIsSomethingElseOnlyWhatAnEntryIsMadeOfIsRead() {
        jedis.hset("services:a:a", Map.of("status", "healthy", "picture", "x".repeat(100_000)));

        assertEquals(List.of(new Fields("services:a:a", Map.of("status", "healthy"))), read("services:a:a"));
    }

    @Test
    void severalPagesOfEntriesComeBackInTheOrderOfTheirKeys() {
        List<String> keys = IntStream.range(0, 2_500).mapToObj("services:s:%04d"::formatted).toList();
        keys.forEach(key -> jedis.set(key, "{}"));

        List<DiscoveryEntry> entries = read(keys.toArray(String[]::new));

        assertEquals(keys, entries.stream().map(DiscoveryEntry::key).toList());
    }

    @Test
    void aThousandEntriesTakeAsManyRoundTripsAsOne() {
        try (RedisStore store = RedisStore.connect(RedisTarget.of(server.url()))) {
            long one = usesFor(store, 1);
            assertEquals(one, usesFor(store, 1_000));
            assertEquals(2 * one, usesFor(store, 1_001));
        }
    }

    private static long usesFor(RedisStore store, int entries) {
        long before = store.uses();
        store.discovery(IntStream.range(0, entries).mapToObj("services:s:%04d"::formatted).toList());
        return store.uses() - before;
    }

    private List<DiscoveryEntry> read(String... keys) {
        try (RedisStore store = RedisStore.connect(RedisTarget.of(server.url()))) {
            return store.discovery(List.of(keys));
        }
    }
}
