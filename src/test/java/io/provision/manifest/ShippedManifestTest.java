package io.provision.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The manifest that is shipped is the ecosystem's own table ({@code naming.md}, "Documented examples"). */
class ShippedManifestTest {

    private static final Path SHIPPED = Path.of("instances.yaml");

    private final Manifest manifest = ManifestReader.load(List.of(SHIPPED), Map.of()).manifest();

    @Test
    void itsSevenInstancesHaveTheEcosystemsNames() {
        assertEquals("""
                audit-correlator audit-correlator audit audit
                test-coordinator test-coordinator test_coordination test
                exchange-OKX exchange-simulator exchange_okx exchange:OKX
                custodian-Komainu custodian-simulator custodian_komainu custodian:Komainu
                market-data-Coinmetrics market-data-simulator market_data_coinmetrics market_data:Coinmetrics
                trading-system-LH trading-system-engine trading_system_lh trading:LH
                risk-monitor-LH risk-monitor risk_monitor_lh risk:LH""",
                String.join("\n", manifest.instances().stream().map(i -> String.join(" ",
                        i.name(), i.identity().service(), i.names().schema(), i.names().namespace())).toList()));
    }

    @Test
    void itWarnsOfTheThreeWhoseAdaptersMustBeToldTheirNames() {
        assertEquals(3, manifest.warnings().size(), () -> manifest.warnings().toString());
        assertTrue(manifest.warnings().get(0).toString().contains("TEST_COORDINATOR_ADAPTER_SCHEMA_NAME="));
        assertTrue(manifest.warnings().get(1).toString().contains("TRADING_SYSTEM_ADAPTER_REDIS_NAMESPACE=trading:LH"));
        assertTrue(manifest.warnings().get(2).toString().contains("RISK_MONITOR_ADAPTER_REDIS_NAMESPACE=risk:LH"));
    }

    @Test
    void auditCorrelatorBringsWhatItHadBefore() {
        Instance audit = manifest.instance("audit-correlator").orElseThrow();
        assertEquals(List.of("audit_correlator"), audit.legacySchemas());
        assertEquals(List.of(new Reader("monitor_user", java.util.Optional.empty())), audit.readers());
        assertEquals(List.of("audit_events", "service_registrations", "audit_correlations", "service_metrics"),
                audit.migrate().tables());
        assertEquals(manifest.folder().resolve("scripts/sql/audit-correlator"), audit.sql().orElseThrow());
        assertEquals(8083, audit.ports().http().orElseThrow());
        assertEquals(50053, audit.ports().grpc().orElseThrow());
        assertEquals(new PasswordSource.Generate(manifest.folder().resolve(".provision/secrets/audit-correlator")),
                audit.postgresPassword().orElseThrow());
    }

    @Test
    void withoutVariablesItRunsOnTheEmbeddedServers() {
        assertEquals("embedded", manifest.postgres().url().orElseThrow());
        assertEquals(List.of("embedded"), manifest.redis().urls());
    }

    @Test
    void itsVariablesSayWhereTheServersAre() {
        Manifest elsewhere = ManifestReader.load(List.of(SHIPPED),
                Map.of("POSTGRES_URL", "postgresql+asyncpg://u@h/d", "REDIS_URL", "rediss://h")).manifest();
        assertEquals("postgresql+asyncpg://u@h/d", elsewhere.postgres().url().orElseThrow());
        assertEquals(List.of("rediss://h"), elsewhere.redis().urls());
    }

    @Test
    void everyInstanceSaysItsEntityType() {
        assertEquals(List.of("central", "central", "exchange", "custodian", "market-data", "trading-system", "risk"),
                manifest.instances().stream().map(i -> i.labels().get("entity_type")).toList());
    }

    @Test
    void editorsFindItsSchema() throws IOException {
        assertEquals("# yaml-language-server: $schema=src/main/resources/io/provision/instances.schema.json",
                Files.readAllLines(SHIPPED).get(0));
        assertTrue(Files.exists(Path.of("src/main/resources/io/provision/instances.schema.json")));
    }
}
