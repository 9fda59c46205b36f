package io.provision.naming;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.naming.AdapterCheck.Agrees;
import io.provision.naming.AdapterCheck.Irreconcilable;
import io.provision.naming.AdapterCheck.Reconcilable;
import io.provision.naming.Computation.NotComputable;
import io.provision.naming.Computation.SchemaAndNamespace;
import io.provision.naming.Derivation.Derived;
import io.provision.naming.Derivation.Impossible;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AdapterTest {

    private static final Identity LH = Identity.of("trading-system-engine", "trading-system-LH");
    private static final Adapter PYTHON =
            new Adapter(NamingRule.PYTHON_DATA_ADAPTER, Optional.of("TRADING_SYSTEM_ADAPTER_"));

    @Test
    void anAdapterThatComputesTheProvisionedNamesAgrees() {
        assertEquals(new Agrees(), check(Adapter.of(NamingRule.COMPONENT), names("trading_system_lh",
                "trading_system:LH")));
        assertEquals(new Agrees(), check(PYTHON, names("trading_system_lh", "trading:system-LH")));
    }

    @Test
    void aPythonAdapterIsToldBehindItsPrefixWhatDiffers() {
        assertEquals(
                new Reconcilable(
                        new TreeMap<>(Map.of("TRADING_SYSTEM_ADAPTER_REDIS_NAMESPACE", "trading:LH")),
                        new SchemaAndNamespace("trading_system_lh", "trading:system-LH")),
                check(PYTHON, names("trading_system_lh", "trading:LH")));
    }

    @Test
    void aPythonAdapterWithoutAPrefixIsToldBare() {
        assertEquals(
                new Reconcilable(
                        new TreeMap<>(Map.of("SCHEMA_NAME", "desk", "REDIS_NAMESPACE", "desk:LH")),
                        new SchemaAndNamespace("trading_system_lh", "trading:system-LH")),
                check(Adapter.of(NamingRule.PYTHON_DATA_ADAPTER), names("desk", "desk:LH")));
    }

    @Test
    void aMarketDataAdapterIsToldBareWhateverThePrefix() {
        assertEquals(
                new Reconcilable(
                        new TreeMap<>(Map.of("SCHEMA_NAME", "desk")),
                        new SchemaAndNamespace("trading_system_lh", "trading_system:LH")),
                check(new Adapter(NamingRule.MARKET_DATA_ADAPTER, Optional.of("X_")),
                        names("desk", "trading_system:LH")));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = {"MARKET_DATA_ADAPTER", "PYTHON_DATA_ADAPTER"})
    void theOtherAdaptersCannotBeTold(NamingRule rule) {
        Irreconcilable verdict = assertInstanceOf(
                Irreconcilable.class,
                check(new Adapter(rule, Optional.of("X_")), names("desk", "desk:LH")));

        assertEquals(NameDeriver.compute(LH, rule, Optional.empty()), verdict.computed());
    }

    @Test
    void aRuleThatComputesNothingCannotBeTold() {
        Irreconcilable verdict = assertInstanceOf(Irreconcilable.class, AdapterCheck.of(
                Identity.of("a-b", "c"), Adapter.of(NamingRule.COMPONENT), Optional.empty(), names("c", "c")));

        assertInstanceOf(NotComputable.class, verdict.computed());
    }

    @Test
    void theManifestsStemCountsForAnAdapterThatFollowsTheComponentRule() {
        assertEquals(new Agrees(), AdapterCheck.of(
                LH, Adapter.of(NamingRule.COMPONENT), Optional.of("trading"),
                names("trading_system_lh", "trading:system-LH")));
    }

    @Test
    void theEnvironmentSaysTheNamesBareAndBehindThePrefix() {
        assertEquals(
                Map.of(
                        "SERVICE_NAME", "trading-system-engine",
                        "SERVICE_INSTANCE_NAME", "trading-system-LH",
                        "SCHEMA_NAME", "s",
                        "REDIS_NAMESPACE", "n",
                        "TRADING_SYSTEM_ADAPTER_SCHEMA_NAME", "s",
                        "TRADING_SYSTEM_ADAPTER_REDIS_NAMESPACE", "n"),
                AdapterEnvironment.linesFor(LH, names("s", "n"), PYTHON));
        assertEquals(4, AdapterEnvironment.linesFor(
                LH, names("s", "n"), Adapter.of(NamingRule.COMPONENT)).size());
    }

    @ParameterizedTest
    @EnumSource(names = {"MARKET_DATA_ADAPTER", "PYTHON_DATA_ADAPTER"})
    void anAdapterThatIsGivenTheLinesFindsWhatIsProvisioned(NamingRule rule) {
        for (Optional<String> prefix : List.of(Optional.<String>empty(), Optional.of("P_"))) {
            Adapter adapter = new Adapter(rule, prefix);
            Names provisioned = names("desk", "desk:LH");
            Names found = assertInstanceOf(Derived.class, AdapterEnvironment.derive(
                    AdapterEnvironment.linesFor(LH, provisioned, adapter), adapter)).names();

            assertEquals("desk", found.schema());
            assertEquals("desk:LH", found.namespace());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "component,             trading_system_lh, trading_system:LH",
        "audit-data-adapter,    trading_system_lh, trading:system-LH",
        "project-plan,          trading_system,    trading:system",
        "market-data-adapter,   told,              told:x",
        "market-data-simulator, trading_system_lh, trading:system:LH",
        "python-data-adapter,   told,              told:x",
    })
    void theEnvironmentsNamesWinWhereTheRuleHonoursThem(String rule, String schema, String namespace) {
        Names names = derive(Map.of(
                "SERVICE_NAME", "trading-system-engine", "SERVICE_INSTANCE_NAME", "trading-system-LH",
                "SCHEMA_NAME", "told", "REDIS_NAMESPACE", "told:x"), rule, Optional.empty());

        assertEquals(schema, names.schema());
        assertEquals(namespace, names.namespace());
        assertEquals(schema + "_adapter", names.role());
    }

    @Test
    void aPythonAdapterWithAPrefixDoesNotHearTheBareVariables() {
        Map<String, String> environment = new HashMap<>(Map.of(
                "SERVICE_NAME", "trading-system-engine", "SCHEMA_NAME", "bare", "P_SCHEMA_NAME", "prefixed"));
        assertEquals("prefixed", derive(environment, "python-data-adapter", Optional.of("P_")).schema());

        environment.remove("P_SCHEMA_NAME");
        assertEquals("trading_system_engine", derive(environment, "python-data-adapter", Optional.of("P_")).schema());
        assertEquals("bare", derive(environment, "python-data-adapter", Optional.of("")).schema());
    }

    @Test
    void anEmptyVariableCountsAsUnset() {
        Names names = derive(Map.of(
                "SERVICE_NAME", "market-data-simulator", "SERVICE_INSTANCE_NAME", "",
                "SCHEMA_NAME", "", "REDIS_NAMESPACE", ""), "market-data-adapter", Optional.empty());

        assertEquals("market_data", names.schema());
        assertEquals("market_data", names.namespace());
        assertEquals("services:market-data-simulator:market-data-simulator", names.discoveryKey());
    }

    @Test
    void onlyTheSimulatorsRuleTellsNoNameFromTheServicesName() {
        assertEquals("public", derive(
                Map.of("SERVICE_NAME", "market-data-simulator"), "market-data-simulator", Optional.empty()).schema());
        assertEquals("market_data_simulator", derive(
                Map.of("SERVICE_NAME", "market-data-simulator", "SERVICE_INSTANCE_NAME", "market-data-simulator"),
                "market-data-simulator", Optional.empty()).schema());
    }

    @Test
    void aBraceInAVariableIsNoPlaceholder() {
        assertEquals("{entity}", derive(
                Map.of("SERVICE_NAME", "a-b", "SCHEMA_NAME", "{entity}"), "market-data-adapter", Optional.empty())
                .schema());
    }

    @Test
    void anEnvironmentWithoutAServiceNameIsNobodys() {
        Impossible impossible = assertInstanceOf(Impossible.class, AdapterEnvironment.derive(
                Map.of("SERVICE_NAME", "", "SERVICE_INSTANCE_NAME", "x"), Adapter.of(NamingRule.COMPONENT)));

        assertTrue(impossible.reasons().get(0).contains("set `SERVICE_NAME`"), impossible.toString());
    }

    private static Names derive(Map<String, String> environment, String rule, Optional<String> prefix) {
        Adapter adapter = new Adapter(NamingRule.byId(rule).orElseThrow(), prefix);
        return assertInstanceOf(Derived.class, AdapterEnvironment.derive(environment, adapter)).names();
    }

    private static AdapterCheck check(Adapter adapter, Names provisioned) {
        return AdapterCheck.of(LH, adapter, Optional.empty(), provisioned);
    }

    private static Names names(String schema, String namespace) {
        return new Names(schema, namespace, "r", "u", "d", Map.of());
    }
}
