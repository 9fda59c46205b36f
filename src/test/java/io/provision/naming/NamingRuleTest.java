package io.provision.naming;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.naming.Computation.NotComputable;
import io.provision.naming.Computation.SchemaAndNamespace;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class NamingRuleTest {

    @ParameterizedTest
    @CsvFileSource(resources = "/naming-cases.csv", numLinesToSkip = 1)
    void aRuleReproducesTheDocumentedExample(
            String rule, String service, String instance, String schema, String namespace) {
        assertEquals(new SchemaAndNamespace(schema, namespace), compute(rule, service, instance));
    }

    @ParameterizedTest
    @CsvFileSource(resources = "/naming-cases.csv", numLinesToSkip = 1)
    void aTurkishMachineDerivesTheSameNames(
            String rule, String service, String instance, String schema, String namespace) {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(new Locale("tr", "TR"));
            assertEquals(new SchemaAndNamespace(schema, namespace), compute(rule, service, instance));
            // No documented example has an I to be lowered: the letter that Turkish lowers to another one.
            assertEquals(
                    new SchemaAndNamespace("exchange_idi", "exchange:IDI"),
                    compute("audit-data-adapter", "exchange-simulator", "exchange-IDI"));
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        // component: hyphens and case of the entity stay; one segment is its own stem
        "component, exchange-simulator, exchange-OKX-spot-2, exchange_okx_spot_2, exchange:OKX-spot-2",
        "component, audit, audit, audit, audit",
        "component, audit, audit-LH, audit_lh, audit:LH",
        "component, risk-monitor, risk-monitor, risk, risk",
        "component, risk-monitor, risk-LH, risk_lh, risk:LH",
        "component, market_data-simulator, market_data-X_1, market_data_x_1, market_data:X_1",
        "component, audit-correlator, -, audit, audit",
        // audit-data-adapter: the first hyphen only
        "audit-data-adapter, exchange-simulator, OKX, okx, OKX",
        "audit-data-adapter, audit, audit, audit, audit",
        "audit-data-adapter, audit-correlator, -, audit, audit",
        "audit-data-adapter, x-y, A-B-C-D, a_b_c_d, A:B-C-D",
        // project-plan: further segments are dropped
        "project-plan, market-data-simulator, market-data-Bloomberg, market_data, market:data",
        "project-plan, exchange-simulator, OKX, okx, OKX",
        "project-plan, x-y, Foo-BAR-baz-QUX, foo_bar, Foo:BAR",
        "project-plan, trading-system-engine, -, trading, trading",
        // market-data-adapter: three segments for the schema, two and the rest for the namespace
        "market-data-adapter, audit, audit, audit, audit",
        "market-data-adapter, audit-correlator, audit-correlator, audit_correlator, audit_correlator",
        "market-data-adapter, market-data-simulator, -, market_data, market_data",
        "market-data-adapter, market-data-simulator, OKX, okx, OKX",
        "market-data-adapter, market-data-simulator, market-data-Sim-A-1, market_data_sim, market_data:Sim-A-1",
        "market-data-adapter, market-data-simulator, market-data-Sim-B, market_data_sim, market_data:Sim-B",
        // market-data-simulator: no name is another thing than the service's name
        "market-data-simulator, market-data-simulator, market-data-simulator, market_data_simulator,"
                + " market:data:simulator",
        "market-data-simulator, audit, -, public, audit",
        "market-data-simulator, market-data-simulator, OKX, okx, OKX",
        // python-data-adapter
        "python-data-adapter, audit, audit, audit, audit",
        "python-data-adapter, risk-monitor, -, risk_monitor, risk",
        "python-data-adapter, risk-monitor, LH, lh, LH",
    })
    void aRuleComputes(String rule, String service, String instance, String schema, String namespace) {
        assertEquals(new SchemaAndNamespace(schema, namespace), compute(rule, service, instance));
    }

    @Test
    void theManifestsStemGoesBeforeTheDerivedOne() {
        assertEquals(
                new SchemaAndNamespace("risk_monitor", "risk_monitor"),
                NameDeriver.compute(
                        Identity.of("risk-monitor", "risk-monitor"), NamingRule.COMPONENT,
                        Optional.of("risk-monitor")));
        assertEquals(
                new SchemaAndNamespace("risk_monitor_lh", "risk:monitor-LH"),
                NameDeriver.compute(
                        Identity.of("risk-monitor", "risk-monitor-LH"), NamingRule.COMPONENT, Optional.of("risk")));
    }

    @Test
    void aSingletonsNamespaceKeepsTheCaseOfAStemThatTheManifestSays() {
        assertEquals(
                new SchemaAndNamespace("big_risk", "Big_Risk"),
                NameDeriver.compute(
                        Identity.of("risk-monitor", "risk-monitor"), NamingRule.COMPONENT, Optional.of("Big-Risk")));
    }

    @ParameterizedTest
    @CsvSource({
        "exchange-simulator, OKX, exchange",
        "exchange-simulator, custodian-OKX, exchange",
        "exchange-simulator, exchange, exchange",
        "exchange-simulator, exchange-, exchange",
        "exchange-simulator, exchanges-OKX, exchange",
        "audit, audits, audit",
    })
    void theComponentRuleNamesTheStemThatAnInstanceDoesNotBeginWith(String service, String instance, String stem) {
        NotComputable none = assertInstanceOf(NotComputable.class, compute("component", service, instance));

        assertTrue(none.reason().contains("the stem `" + stem + "`"), none.reason());
        assertTrue(none.reason().contains("`" + instance + "`"), none.reason());
    }

    @ParameterizedTest
    @CsvSource({"''", "-", "--", "a-", "-a", "a--b", "ä", "I İ"})
    void aMalformedNameIsComputedWithoutAnException(String name) {
        for (NamingRule rule : NamingRule.values()) {
            NameDeriver.compute(Identity.of(name, name), rule, Optional.empty());
            NameDeriver.compute(Identity.of("a-b", name), rule, Optional.empty());
            NameDeriver.compute(new Identity(name, Optional.empty()), rule, Optional.empty());
        }
        assertTrue(!NameRules.faultsOfIdentity(Identity.of("a-b", name)).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"I, i", "ÄI, Äi", "İ, İ", "AZ@[`az, az@[`az"})
    void onlyAsciiLettersAreLowered(String text, String lowered) {
        assertEquals(lowered, Spelling.lower(text));
    }

    private static Computation compute(String rule, String service, String instance) {
        Identity identity = new Identity(service, Optional.ofNullable(instance));
        return NameDeriver.compute(identity, NamingRule.byId(rule).orElseThrow(), Optional.empty());
    }
}
