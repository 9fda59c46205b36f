package io.provision.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.provision.testing.Golden;
import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How instances stand: {@code provision status}. */
class StatusTest {

    @TempDir
    private Path folder;

    @AutoClose
    private RegisteredSimulators simulators;

    private TestEcosystem ecosystem;

    @BeforeEach
    void twoInstances() {
        simulators = RegisteredSimulators.in(folder);
        ecosystem = simulators.ecosystem();
    }

    @Test
    void isALineForEachInstanceAndOneForEachEntryOfDiscoveryThatIsWrong() throws IOException {
        ecosystem.init();
        ecosystem.execute("""
                CREATE TABLE exchange_okxNN.orders AS SELECT generate_series(1, 1000) AS id;
                ANALYZE exchange_okxNN.orders;
                """);
        ecosystem.execute("DROP SCHEMA exchange_binanceNN");
        simulators.set("exchange:okxNN:orders", "1");
        simulators.register(RegisteredSimulators.HEALTHY);
        simulators.jedis().hset(ecosystem.numbered("services:exchange-simulator:exchange-binanceNN"),
                Map.of("status", "degraded", "instance", "someone-else", "timestamp", "yesterday"));
        simulators.set("services:exchange-simulator:exchange-simulator-7f3a", """
                {"status": "healthy", "host": "10.0.0.9", "http_port": 8080, "timestamp": 1600000000}""");
        simulators.jedis().sadd("services:index", "exchange-simulator");

        Ran ran = ecosystem.run("status");

        assertEquals(0, ran.exitCode(), ran::toString);
        Golden.assertSame("status/status.txt", masked(ran.out()));
    }

    @Test
    void ofOneInstanceAsADocumentIsItsHealthRecord() throws IOException {
        ecosystem.init();
        simulators.register(RegisteredSimulators.HEALTHY);

        Ran ran = ecosystem.run("status", "exchange-okxNN", "-o", "json");

        Golden.assertSame("status/one.json", masked(ran.out()));
    }

    @Test
    void theEnvironmentIsWhatTheManifestComesTo() {
        ecosystem.manifest("""
                services:
                  exchange-simulator: {environment: {ENVIRONMENT: "${OF_NOBODY:-staging}"}}
                instances:
                  exchange-okxNN: {service: exchange-simulator}
                """);

        assertEquals("staging", simulators.document("status", "-o", "json").get("environment").textValue());
    }

    @Test
    void ofSeveralAsADocumentHasTheOrphansToo() throws IOException {
        simulators.set("services:exchange-simulator:exchange-simulator-7f3a", "no JSON");

        Ran ran = ecosystem.run("status", "-o", "json");

        assertEquals(0, ran.exitCode(), ran::toString);
        Golden.assertSame("status/several.json", masked(ran.out()));
    }

    @Test
    void anEntryIsStaleWhenItIsOlderThanTold() {
        simulators.register(RegisteredSimulators.HEALTHY.replace("2999", "2020"));

        assertTrue(simulators.document("status", "exchange-okxNN", "-o", "json").at("/discovery/stale").booleanValue());
        assertFalse(simulators.document("status", "exchange-okxNN", "-o", "json", "--stale-after", "999999h")
                .at("/discovery/stale").booleanValue());
    }

    @Test
    void aTerminalIsWideEnoughForEachLineOfTheTable() {
        simulators.register(RegisteredSimulators.HEALTHY);

        Ran ran = ecosystem.answering("", "status", "--color", "never");

        assertEquals(0, ran.exitCode(), ran::toString);
        ran.out().lines().forEach(line -> assertTrue(line.length() <= 120, line));
        assertEquals(3, ran.out().lines().count(), ran::toString);
    }

    @Test
    void whoMayWriteAnEntryDoesNotWriteOnTheTerminal() {
        simulators.set("services:exchange-simulator:\u001b[2J", """
                {"status": "\\u001b[31mfine", "timestamp": 1600000000}""");

        Ran ran = ecosystem.run("status");

        assertTrue(ran.out().contains("of no instance: services:exchange-simulator:?[2J (?[31mfine, since 2020-09-13"),
                ran::toString);
    }

    @Test
    void aPartitionedTableIsOneTableAndItsRowsCountOnce() {
        ecosystem.init();
        ecosystem.execute("""
                CREATE TABLE exchange_okxNN.trades (id integer) PARTITION BY RANGE (id);
                CREATE TABLE exchange_okxNN.trades_1 PARTITION OF exchange_okxNN.trades FOR VALUES FROM (0) TO (50);
                CREATE TABLE exchange_okxNN.trades_2 PARTITION OF exchange_okxNN.trades FOR VALUES FROM (50) TO (100);
                INSERT INTO exchange_okxNN.trades SELECT generate_series(0, 99);
                ANALYZE exchange_okxNN.trades;
                """);

        JsonNode record = simulators.document("status", "exchange-okxNN", "-o", "json");

        assertEquals(1, record.get("tables").intValue());
        assertEquals(100, record.get("rows").intValue());
    }

    @Test
    void manyInstancesTakeAsManyQueriesAsOne() {
        StringBuilder many = new StringBuilder("services: {exchange-simulator: {}}\ninstances:\n");
        for (int i = 0; i < 40; i++) {
            many.append("  exchange-m%dNN: {service: exchange-simulator}\n".formatted(i));
        }

        ecosystem.manifest(many.toString());

        assertEquals(queries("status", "exchange-m0NN"), queries("status"));
    }

    private long queries(String... arguments) {
        String[] verbose = Arrays.copyOf(arguments, arguments.length + 1);
        verbose[arguments.length] = "-v";
        Ran ran = ecosystem.run(verbose);
        // Where Redis takes its time, a snapshot is ended, and another one begun.
        long queries = ran.err().lines().filter(line -> line.startsWith("sql: SELECT")).count();
        assertTrue(queries > 5, ran::toString);
        return queries;
    }

    private String masked(String out) {
        return out.replace(ecosystem.numbered("NN"), "NNNNN")
                .replaceAll("\"version\": \"(?!1\\.4\\.0)[^\"]*\"", "\"version\": \"VERSION\"")
                .replaceAll("\"timestamp\": \"(?!2999)[^\"]*\"", "\"timestamp\": \"NOW\"");
    }
}
