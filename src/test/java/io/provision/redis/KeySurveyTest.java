package io.provision.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.TestRedis;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;

class KeySurveyTest {

    private static final long ALL = 1_000_000;

    private final TestRedis server = TestRedis.sharedWithoutPassword();

    @AutoClose
    private final Jedis jedis = server.connect();

    @Test
    void aKeyBelongsToTheLongestNamespaceThatItBeginsWith() {
        keys(
                "market_data:prices",
                "market_data:Coinmetrics:prices",
                "market_data:Coinmetrics:a:b:c",
                "market_data:CoinmetricsX:prices",
                "market_database:x",
                "market_data");

        KeySurvey survey = survey(ALL, "market_data", "market_data:Coinmetrics", "empty");

        assertEquals(Map.of("market_data", 2L, "market_data:Coinmetrics", 2L, "empty", 0L), survey.keys());
        assertEquals(6, survey.scanned());
        assertTrue(survey.complete());
    }

    @Test
    void aNamespaceThatEndsInAColonHasItsOwnKeys() {
        keys("exchange_OKX::orders", "exchange_OKX:orders", "exchange_OKX::");

        assertEquals(Map.of("exchange_OKX:", 2L), survey(ALL, "exchange_OKX:").keys());
        assertEquals(
                Map.of("exchange_OKX:", 2L, "exchange_OKX", 1L), survey(ALL, "exchange_OKX:", "exchange_OKX").keys());
    }

    @Test
    void keysThatAreNoTextCountToo() {
        jedis.set(new byte[] {'a', ':', (byte) 0xff, 0, (byte) 0xc3}, "1".getBytes(StandardCharsets.UTF_8));

        assertEquals(Map.of("a", 1L), survey(ALL, "a").keys());
    }

    @Test
    void allNamespacesAndTheDiscoveryKeysCostOnePassWithoutTheKeysCommand() {
        try (Pipeline pipeline = jedis.pipelined()) {
            for (int i = 0; i < 5_000; i++) {
                pipeline.set("exchange:%02d:%04d".formatted(i % 50, i), "1");
            }
        }
        keys("services:exchange-simulator:exchange-OKX", "services:audit-correlator:audit-correlator", "servicesX:a");
        String[] namespaces = jedis.keys("*").stream()
                .filter(key -> key.startsWith("exchange:"))
                .map(key -> key.substring(0, "exchange:00".length()))
                .distinct()
                .toArray(String[]::new);
        jedis.configResetStat();

        KeySurvey survey = survey(ALL, namespaces);

        String commands = jedis.info("commandstats");
        assertEquals(5_000, survey.keys().values().stream().mapToLong(Long::longValue).sum());
        assertEquals(50, survey.keys().size());
        assertEquals(
                List.of("services:audit-correlator:audit-correlator", "services:exchange-simulator:exchange-OKX"),
                survey.discoveryKeys());
        assertTrue(commands.matches("(?s).*cmdstat_scan:calls=[56],.*"), commands);
        assertFalse(commands.contains("cmdstat_keys"), commands);
    }

    @Test
    void beyondTheBoundItStopsAndSaysSo() {
        for (int i = 0; i < 500; i++) {
            jedis.set("audit:" + i, "1");
        }

        KeySurvey survey = survey(100, "audit");

        assertFalse(survey.complete());
        // A page may be a little larger than was asked for: a slot of the server's table goes out whole.
        assertTrue(survey.scanned() >= 100 && survey.scanned() < 200, "scanned: " + survey.scanned());
        assertEquals(Map.of("audit", survey.scanned()), survey.keys());
    }

    @Test
    void ofVeryManyDiscoveryKeysOnlySomeAreNamed() {
        try (Pipeline pipeline = jedis.pipelined()) {
            for (int i = 0; i < 10_100; i++) {
                pipeline.set("services:s:" + i, "{}");
            }
        }

        KeySurvey survey = survey(ALL, "audit");

        assertEquals(10_000, survey.discoveryKeys().size());
        assertTrue(survey.moreDiscoveryKeys() >= 100, survey::toString);
    }

    @Test
    void aLoginThatMayNotScanIsToldSo() {
        jedis.aclSetUser("blind", "on", ">s3cret", "~*", "+@all", "-scan");
        String url = "redis://blind:s3cret@127.0.0.1:" + server.port();

        try (RedisStore store = RedisStore.connect(RedisTarget.of(url))) {
            KeySurvey survey = store.survey(List.of("audit"), ALL);

            assertFalse(survey.complete());
            assertTrue(survey.hidden().orElseThrow().startsWith("NOPERM"), survey::toString);
        }
    }

    @Test
    void anEmptyServerIsSeenWhole() {
        assertEquals(new KeySurvey(Map.of("audit", 0L), List.of(), 0, 0, true, Optional.empty()), survey(ALL, "audit"));
    }

    private void keys(String... keys) {
        for (String key : keys) {
            jedis.set(key, "1");
        }
    }

    private KeySurvey survey(long bound, String... namespaces) {
        try (RedisStore store = RedisStore.connect(RedisTarget.of(server.url()))) {
            return store.survey(List.of(namespaces), bound);
        }
    }
}
