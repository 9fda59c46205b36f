package io.provision.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class DeriveCommandTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void theShippedManifest() throws IOException {
        CommandRun.shipManifest(folder);
    }

    private CommandRun derive(String... args) {
        String[] all = new String[args.length + 1];
        all[0] = "derive";
        System.arraycopy(args, 0, all, 1, args.length);
        return CommandRun.in(folder, all);
    }

    @ParameterizedTest
    @CsvSource({
        "all.txt,      ''",
        "all.json,     -o json",
        "all.env,      -o env",
        "all-rules.txt,  --all-rules",
        "all-rules.json, --all-rules -o json trading-system-LH",
        "one.txt,      exchange-OKX",
        "one.json,     exchange-OKX -o json",
        "one.yaml,     exchange-OKX -o yaml",
        "one.env,      trading-system-LH -o env",
    })
    void printsNamesInEveryForm(String golden, String args) throws IOException {
        CommandRun run = derive(args.isEmpty() ? new String[0] : args.split(" "));

        assertEquals("", run.err());
        assertEquals(0, run.code());
        Golden.assertSame("derive/" + golden, run.out());
    }

    @ParameterizedTest
    @CsvSource({
        "instance,      exchange-OKX",
        "service,       exchange-simulator",
        "singleton,     false",
        "naming,        component",
        "schema,        exchange_okx",
        "namespace,     exchange:OKX",
        "key_pattern,   exchange:OKX:*",
        "role,          exchange_okx_adapter",
        "redis_user,    exchange-okx-adapter",
        "discovery_key, services:exchange-simulator:exchange-OKX",
        "volumes.data,  volumes/exchange-OKX/data",
        "volumes.logs,  volumes/exchange-OKX/logs",
    })
    void aFieldIsOneBareValue(String field, String value) {
        assertEquals(new CommandRun(0, value + "\n", ""), derive("exchange-OKX", "--field", field));
    }

    @Test
    void aFieldOfSeveralInstancesIsALineEachInTheOrderOfTheCommandLine() {
        assertEquals("trading:LH\naudit\n",
                derive("trading-system-LH", "audit-correlator", "--field", "namespace").out());
    }

    @Test
    void anUnknownFieldIsAnsweredWithTheOneThatWasMeant() {
        assertEquals(new CommandRun(2, "", """
                error: there is no field `shema`
                    did you mean `schema`?
                """), derive("--field", "shema"));
    }

    @Test
    void aNameThatTheManifestDoesNotListGetsTheServiceWhoseStemFits() {
        assertEquals("exchange-simulator exchange_kraken exchange:Kraken", fields("exchange-Kraken"));
    }

    /** Also the settings of that service: its override of the namespace. */
    @Test
    void aNameThatTheManifestDoesNotListIsOverriddenAsItsServiceIs() {
        assertEquals("trading-system-engine trading_system_xy trading:XY", fields("trading-system-XY"));
    }

    private String fields(String instance) {
        return String.join(" ",
                derive(instance, "--field", "service").out().strip(),
                derive(instance, "--field", "schema").out().strip(),
                derive(instance, "--field", "namespace").out().strip());
    }

    @Test
    void aServiceThatIsSaidWinsOverTheStem() {
        assertEquals("services:other-service:other-X\n",
                derive("other-X", "--service", "other-service", "--field", "discovery_key").out());
    }

    @Test
    void aNameWithoutAServiceIsRefused() {
        CommandRun run = derive("nobody-X");

        assertEquals(2, run.code());
        assertTrue(run.err().contains("--service"), run.err());
    }

    @ParameterizedTest
    @CsvFileSource(resources = "/naming-cases.csv", numLinesToSkip = 1)
    void everyDocumentedNameIsDerivedByItsRule(
            String rule, String service, String instance, String schema, String namespace) {
        // Without an instance's name it is an adapter's environment that is derived from.
        CommandRun run = instance == null
                ? CommandRun.in(folder, Map.of("SERVICE_NAME", service),
                        "derive", "--from-environment", "--naming", rule, "-o", "json")
                : derive(instance, "--service", service, "--naming", rule, "-o", "json");

        assertAll(
                () -> assertEquals(0, run.code(), run.err()),
                () -> assertTrue(run.out().contains("\"schema\": \"" + schema + "\""), run.out()),
                () -> assertTrue(run.out().contains("\"namespace\": \"" + namespace + "\""), run.out()));
    }

    @Test
    void namesThatCollideArePrintedWithAWarning() {
        CommandRun run = derive("--naming", "project-plan", "--field", "schema",
                "market-data-Coinmetrics", "market-data-Bloomberg");

        assertEquals(0, run.code());
        assertEquals("market_data\nmarket_data\n", run.out());
        assertTrue(run.err().startsWith("warning: "), run.err());
        assertTrue(run.err().contains("market-data-Coinmetrics") && run.err().contains("market-data-Bloomberg"));
    }

    @Test
    void aManifestWhoseNamesCollideIsDerivedAllTheSame() throws IOException {
        CommandRun.manifest(folder, """
                services: {cache-service: {}}
                instances:
                  cache-A: {schema: shared}
                  cache-B: {schema: shared}
                """);

        CommandRun run = derive("--field", "schema");

        assertEquals(0, run.code());
        assertEquals("shared\nshared\n", run.out());
        assertTrue(run.err().contains("warning: `cache-A` (schema `shared`) and `cache-B`"), run.err());
        assertEquals(2, CommandRun.in(folder, "validate").code());
    }

    @Test
    void aManifestWithOtherFaultsIsRefused() throws IOException {
        CommandRun.manifest(folder, "services: {cache-service: {shema: x}}\ninstances: {cache-A: {}}\n");

        CommandRun run = derive();

        assertEquals(2, run.code());
        assertTrue(run.err().contains("instances.yaml:4:28: error: unknown key `shema`"), run.err());
    }

    @Test
    void aMissingConnectionDoesNotKeepNamesBack() throws IOException {
        Files.writeString(folder.resolve("instances.yaml"), """
                ecosystem: test
                postgres: {url: "${POSTGRES_URL:?}"}
                redis: {url: "${REDIS_URL:?}"}
                services: {cache-service: {}}
                instances: {cache-A: {}}
                """);

        assertEquals(new CommandRun(0, "cache_a\n", ""), derive("cache-A", "--field", "schema"));
    }

    @ParameterizedTest
    @CsvSource({
        "order-X,  order-X-Y",
        "pg-thing, pg-thing-X",
    })
    void aNameThatNoServerTakesIsRefusedNotCut(String service, String instance) {
        String tooLong = instance + "-" + "x".repeat(63);

        CommandRun run = derive(tooLong, "--service", service.toLowerCase(Locale.ROOT));

        assertEquals(2, run.code());
        assertEquals("", run.out());
    }

    @ParameterizedTest
    @CsvSource({
        "--from-environment exchange-OKX",
        "--service exchange-simulator",
        "--all-rules --naming component",
        "--all-rules --field schema",
        "--all-rules -o env",
        "--field schema -o json",
        "--naming nonsense",
    })
    void optionsThatDoNotGoTogetherAreWrongUsage(String args) {
        CommandRun run = derive(args.split(" "));

        assertEquals(2, run.code());
        assertEquals("", run.out());
        assertTrue(run.err().startsWith("error: "), run.err());
    }

    @Test
    void theMachinesLocaleChangesNoName() {
        Locale before = Locale.getDefault();
        Locale.setDefault(new Locale("tr", "TR"));
        try {
            assertEquals("exchange_ini\n", derive("exchange-INI", "--field", "schema").out());
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void aNarrowTerminalGetsEveryNameWhole() throws IOException {
        Terminal narrow = new Terminal(true, true, true, () -> 60);

        CommandRun run = CommandRun.on(narrow, folder, Map.of("NO_COLOR", "1"), "derive");

        Golden.assertSame("derive/narrow.txt", run.out());
    }
}
