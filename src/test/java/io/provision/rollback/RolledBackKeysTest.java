package io.provision.rollback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import io.provision.testing.TestRedis;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** What becomes of the keys that the services wrote: an entry in discovery goes, data stays. */
class RolledBackKeysTest {

    private static final String BOTH = """
            services:
              exchange-simulator: {}
            instances:
              exchange-okxNN: {service: exchange-simulator, namespace: "exchangeNN:okx",
                               shares_namespace_with: [exchange-binanceNN]}
              exchange-binanceNN: {service: exchange-simulator, namespace: "exchangeNN:okx:binance"}
            """;
    private static final String BINANCE_ALONE = """
            services:
              exchange-simulator: {}
            instances:
              exchange-binanceNN: {service: exchange-simulator, namespace: "exchangeNN:okx:binance"}
            """;
    private static final String OKX = "services:exchange-simulator:exchange-okxNN";
    private static final String BINANCE = "services:exchange-simulator:exchange-binanceNN";

    @TempDir
    private Path folder;

    @AutoClose
    private final Jedis jedis = TestRedis.shared().connect();

    private TestEcosystem ecosystem;

    @BeforeEach
    void twoThatAreRegistered() {
        ecosystem = TestEcosystem.in(folder).manifest(BOTH);
        ecosystem.init();
        jedis.hset(ecosystem.numbered(OKX), "status", "healthy");
        set(BINANCE, OKX + "-7f3a", "exchangeNN:okx:orders", "exchangeNN:okx:binance:orders");
    }

    @Test
    void rollbackTakesAwayTheInstancesOwnEntryInDiscoveryAndNothingElse() {
        Ran ran = ecosystem.run("rollback", "exchange-okxNN", "--yes");

        assertEquals(0, ran.exitCode(), ran::toString);
        assertEquals(
                keys(BINANCE, OKX + "-7f3a", "exchangeNN:okx:orders", "exchangeNN:okx:binance:orders"),
                jedis.keys("*"));
        assertTold(ran, "note: " + OKX + " goes from discovery, too\n");
        assertTold(ran, "kept: keys exchangeNN:okx:* of exchange-okxNN: 1 key, and data stays\n");
    }

    @Test
    void aDryRunTellsItAndTakesNothingAway() {
        Set<String> before = jedis.keys("*");

        Ran ran = ecosystem.run("rollback", "--dry-run", "-o", "json");

        assertEquals(before, jedis.keys("*"));
        assertTold(ran, "\"" + OKX + " goes from discovery, too\"");
        assertTold(ran, "\"" + BINANCE + " goes from discovery, too\"");
        assertTold(ran, "\"what\": \"keys exchangeNN:okx:binance:*\"");
        assertTold(ran, "\"why\": \"1 key, and data stays\"");
    }

    @Test
    void dataIsDiscardedWhereThatIsSaidButForThatOfAnInstanceThatStays() {
        Ran ran = ecosystem.run("rollback", "exchange-okxNN", "--yes", "--discard-data");

        assertEquals(0, ran.exitCode(), ran::toString);
        assertTold(ran, "note: all keys exchangeNN:okx:* go (--discard-data): 1 key\n");
        assertEquals(keys(BINANCE, OKX + "-7f3a", "exchangeNN:okx:binance:orders"), jedis.keys("*"));
    }

    @Test
    void theEntryOfAnInstanceThatIsNotListedAnyMoreIsKnownFromItsUser() {
        ecosystem.manifest(BINANCE_ALONE);

        Ran ran = ecosystem.run("rollback", "exchange-okxNN", "--yes");

        assertEquals(0, ran.exitCode(), ran::toString);
        assertFalse(jedis.exists(ecosystem.numbered(OKX)));
        assertTrue(jedis.exists(ecosystem.numbered(BINANCE)));
    }

    @Test
    void whereNoUserTellsOfItTheEntryOfAnInstanceThatIsNotListedAnyMoreStaysAndThatIsTold() {
        ecosystem.run("rollback", "--yes");
        ecosystem.redisSettings("acl: off").manifest(BOTH);
        ecosystem.init();
        set(OKX, BINANCE);
        ecosystem.manifest(BINANCE_ALONE);

        Ran ran = ecosystem.run("rollback", "exchange-okxNN", "--yes");

        assertEquals(0, ran.exitCode(), ran::toString);
        assertTold(ran, "kept: key " + OKX + " of exchange-okxNN: the manifest does not list exchange-okxNN any more,"
                + " and nothing tells whether this entry in discovery is its own\n");
        assertTrue(jedis.exists(ecosystem.numbered(OKX)));
    }

    @Test
    void whereRedisCannotBeAskedTheRestIsRolledBack() {
        ecosystem.run("rollback", "--yes");
        ecosystem.redisSettings("acl: off").manifest(BOTH);
        ecosystem.init();

        Ran ran = ecosystem.rollback("--redis-url", "redis://127.0.0.1:1");

        assertTold(ran, "note: which keys the instances have in Redis is not known: ");
        assertTrue(ran.err().contains(ecosystem.numbered(
                "keys of what was rolled back may still stand in Redis (" + BINANCE + ", " + OKX + "): ")),
                ran::toString);
    }

    private void set(String... keys) {
        keys(keys).forEach(key -> jedis.set(key, "{}"));
    }

    private Set<String> keys(String... keys) {
        return Arrays.stream(keys).map(ecosystem::numbered).collect(Collectors.toCollection(TreeSet::new));
    }

    private void assertTold(Ran ran, String what) {
        assertTrue(ran.out().contains(ecosystem.numbered(what)), ran::toString);
    }
}
