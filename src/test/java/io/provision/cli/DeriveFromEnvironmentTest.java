package io.provision.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeriveFromEnvironmentTest {

    private static final Map<String, String> OKX =
            Map.of("SERVICE_NAME", "exchange-simulator", "SERVICE_INSTANCE_NAME", "exchange-OKX");

    @TempDir
    private Path folder;

    @Test
    void withoutAManifestTheEnvironmentIsAskedByItself() {
        assertEquals(new CommandRun(0, "exchange:OKX\n", ""),
                CommandRun.in(folder, OKX, "derive", "--field", "namespace"));
    }

    @Test
    void withAManifestOnlyWhenTold() throws IOException {
        CommandRun.manifest(folder, "services: {cache-service: {}}\ninstances: {cache-A: {}}\n");

        assertEquals("cache-A\n", CommandRun.in(folder, OKX, "derive", "--field", "instance").out());
        assertEquals("exchange-OKX\n",
                CommandRun.in(folder, OKX, "derive", "--from-environment", "--field", "instance").out());
    }

    @Test
    void anOverrideWinsForARuleThatHonoursIt() {
        Map<String, String> environment = Map.of("SERVICE_NAME", "market-data-simulator",
                "SERVICE_INSTANCE_NAME", "market-data-X", "SCHEMA_NAME", "mine");

        assertEquals("mine\n", schema(environment, "market-data-adapter"));
        assertEquals("market_data_x\n", schema(environment, "audit-data-adapter"));
    }

    @Test
    void ofAllRulesThoseThatHonourAnOverrideShowIt() {
        Map<String, String> environment = Map.of("SERVICE_NAME", "market-data-simulator",
                "SERVICE_INSTANCE_NAME", "market-data-X", "SCHEMA_NAME", "mine");

        String told = CommandRun.in(folder, environment, "derive", "--all-rules", "-o", "yaml").out();

        assertTrue(told.contains("market-data-adapter:\n        schema: mine\n"), told);
        assertTrue(told.contains("audit-data-adapter:\n        schema: market_data_x\n"), told);
    }

    private String schema(Map<String, String> environment, String rule) {
        return CommandRun.in(folder, environment, "derive", "--naming", rule, "--field", "schema").out();
    }

    @Test
    void theAdapterAndItsPrefixComeFromTheManifestThatKnowsTheService() throws IOException {
        CommandRun.shipManifest(folder);
        Map<String, String> environment = Map.of("SERVICE_NAME", "trading-system-engine",
                "SERVICE_INSTANCE_NAME", "trading-system-LH",
                "TRADING_SYSTEM_ADAPTER_REDIS_NAMESPACE", "trading:LH",
                "REDIS_NAMESPACE", "not read");

        CommandRun run = CommandRun.in(folder, environment, "derive", "--from-environment", "--field", "namespace");

        assertEquals(new CommandRun(0, "trading:LH\n", ""), run);
    }

    @Test
    void onlyTheSimulatorTellsNoInstanceNameFromTheServicesName() {
        Map<String, String> without = Map.of("SERVICE_NAME", "market-data-simulator");
        Map<String, String> with = Map.of("SERVICE_NAME", "market-data-simulator",
                "SERVICE_INSTANCE_NAME", "market-data-simulator");

        assertEquals("public\n", schema(without, "market-data-simulator"));
        assertEquals("market_data_simulator\n", schema(with, "market-data-simulator"));
    }

    @Test
    void anEnvironmentThatNamesNoServiceIsRefused() {
        CommandRun run = CommandRun.in(folder, "derive", "--from-environment");

        assertEquals(2, run.code());
        assertTrue(run.err().contains("SERVICE_NAME"), run.err());
    }

    @Test
    void withNeitherManifestNorEnvironmentItSaysWhatIsMissing() {
        assertEquals(new CommandRun(2, "", """
                error: there is no manifest: no instances.yaml here, and PROVISION_MANIFEST is not set
                    name one with -f FILE; or say an instance and its --service; or set SERVICE_NAME
                """), CommandRun.in(folder, "derive"));
    }

    @Test
    void aNameAndItsServiceNeedNoManifest() {
        assertEquals(new CommandRun(0, "exchange_okx\n", ""), CommandRun.in(folder, "derive", "exchange-OKX",
                "--service", "exchange-simulator", "--field", "schema"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"exchange:OKX", "a$HOME", "a;b&c", "a#b", "a(b)"})
    void aShellReadsBackWhatTheEnvFormSays(String namespace) throws Exception {
        CommandRun.manifest(folder, """
                services: {cache-service: {adapter: {rule: python-data-adapter, env_prefix: MY_}}}
                instances: {cache-A: {namespace: '%s'}}
                """.formatted(namespace.replace("$", "$$")));

        CommandRun run = CommandRun.in(folder, "derive", "cache-A", "-o", "env");
        Files.writeString(folder.resolve("env"), run.out());

        assertEquals("", run.err());
        assertEquals("cache-service|cache-A|cache_a|" + namespace + "|cache_a|" + namespace,
                bash("set -a; . ./env; printf '%s|%s|%s|%s|%s|%s' \"$SERVICE_NAME\" \"$SERVICE_INSTANCE_NAME\" "
                        + "\"$SCHEMA_NAME\" \"$REDIS_NAMESPACE\" \"$MY_SCHEMA_NAME\" \"$MY_REDIS_NAMESPACE\""));
    }

    private String bash(String script) throws IOException {
        Process bash = new ProcessBuilder("bash", "-c", script).directory(folder.toFile())
                .redirectErrorStream(true).start();
        return new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void aValueThatNoLineCanSayIsRefused() {
        Map<String, String> environment = Map.of("SERVICE_NAME", "cache-service",
                "SERVICE_INSTANCE_NAME", "cache-A", "REDIS_NAMESPACE", "it's");

        CommandRun run = CommandRun.in(folder, environment, "derive", "--naming", "python-data-adapter", "-o", "env");

        assertEquals(2, run.code());
        assertTrue(run.err().contains("`REDIS_NAMESPACE` cannot be written"), run.err());
    }
}
