package io.provision.naming;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.naming.Derivation.Derived;
import io.provision.naming.Derivation.Impossible;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameDeriverTest {

    private static final Identity OKX = Identity.of("exchange-simulator", "exchange-OKX");
    private static final Identity LH = Identity.of("trading-system-engine", "trading-system-LH");
    private static final Identity AUDIT = Identity.of("audit-correlator", "audit-correlator");
    private static final Identity STRANGER = Identity.of("exchange-simulator", "Binance");

    @Test
    void anInstanceHasSixNames() {
        Map<String, String> volumes = Map.of("data", "volumes/exchange-OKX/data");

        assertEquals(
                new Derived(
                        new Names("exchange_okx", "exchange:OKX", "exchange_okx_adapter", "exchange-okx-adapter",
                                "services:exchange-simulator:exchange-OKX", volumes),
                        "exchange",
                        Optional.of("OKX")),
                NameDeriver.derive(OKX, NamingRule.COMPONENT, Overrides.NONE, volumes));
    }

    @Test
    void aSingletonHasSixNamesAndNoEntity() {
        assertEquals(
                new Derived(
                        new Names("audit", "audit", "audit_adapter", "audit-adapter",
                                "services:audit-correlator:audit-correlator", Map.of()),
                        "audit",
                        Optional.empty()),
                derive(AUDIT, NamingRule.COMPONENT, Overrides.NONE));
    }

    @ParameterizedTest
    @CsvSource({
        "schema, {instance}, exchange_okx",
        "schema, x_{entity}, x_okx",
        "schema, {service}_{stem}, exchange_simulator_exchange",
        "schema, X-{entity}-{entity}, X-okx-okx",
        "namespace, {instance}, exchange-OKX",
        "namespace, {stem}:{entity}, exchange:OKX",
        "namespace, '{service}:{entity}', exchange-simulator:OKX",
        "namespace, plain, plain",
        "role, r_{entity}, r_okx",
        "redis_user, '{instance}.{entity}', exchange-OKX.OKX",
    })
    void anOverrideFillsItsPlaceholders(String key, String template, String expected) {
        Names names = names(derive(OKX, NamingRule.COMPONENT, override(key, template)));

        assertEquals(expected, switch (key) {
            case "schema" -> names.schema();
            case "namespace" -> names.namespace();
            case "role" -> names.role();
            default -> names.redisUser();
        });
    }

    @Test
    void aFilledValueIsNotFilledAgainNorReadAsAPattern() {
        Identity odd = Identity.of("a-b", "a-$1\\{stem}");

        assertEquals("x:$1\\{stem}", names(derive(odd, NamingRule.COMPONENT, override("namespace", "x:{entity}")))
                .namespace());
    }

    @Test
    void theRoleFollowsAnOverriddenSchemaAndTheRedisUserTheRole() {
        Names names = names(derive(OKX, NamingRule.COMPONENT, override("schema", "okx_data")));

        assertEquals("okx_data_adapter", names.role());
        assertEquals("okx-data-adapter", names.redisUser());
        assertEquals("exchange:OKX", names.namespace());
    }

    @Test
    void theRedisUserFollowsAnOverriddenRole() {
        Names names = names(derive(OKX, NamingRule.COMPONENT, override("role", "shared_by_two")));

        assertEquals("exchange_okx", names.schema());
        assertEquals("shared-by-two", names.redisUser());
    }

    @Test
    void theShippedNamespaceOfTheTradingSystemIsShorterThanTheRules() {
        Names names = names(derive(LH, NamingRule.COMPONENT, override("namespace", "trading:{entity}")));

        assertEquals("trading_system_lh", names.schema());
        assertEquals("trading:LH", names.namespace());
    }

    @Test
    void theStemCanBeSet() {
        Derived derived = assertInstanceOf(
                Derived.class, derive(LH, NamingRule.COMPONENT, override("stem", "trading")));

        assertEquals("trading", derived.stem());
        assertEquals(Optional.of("system-LH"), derived.entity());
        assertEquals("trading:system-LH", derived.names().namespace());
    }

    @Test
    void stemAndEntityFillPlaceholdersUnderAnyRule() {
        for (NamingRule rule : NamingRule.values()) {
            Names names = names(derive(LH, rule, override("namespace", "{stem}/{entity}")));
            assertEquals("trading-system/LH", names.namespace(), rule.id());
        }
    }

    @Test
    void anEmptyEntityOfASingletonIsAnError() {
        assertReasons(
                derive(AUDIT, NamingRule.COMPONENT, override("schema", "x_{entity}")),
                "`schema: x_{entity}` cannot be filled: `{entity}` is empty, because `audit-correlator` is a"
                        + " singleton");
    }

    @Test
    void anEntityThatTheNameDoesNotHaveIsAnErrorUnderAnyRule() {
        assertReasons(
                derive(STRANGER, NamingRule.AUDIT_DATA_ADAPTER, override("namespace", "x:{entity}")),
                "`namespace: x:{entity}` cannot be filled: `{entity}` is empty, because `Binance` does not begin with"
                        + " its stem, `exchange-`");
    }

    @Test
    void anUnknownPlaceholderIsAnErrorThatNamesTheNearest() {
        assertReasons(
                derive(OKX, NamingRule.COMPONENT, override("role", "{instnace}_x")),
                "`role: {instnace}_x` cannot be filled: there is no placeholder `{instnace}`, did you mean"
                        + " `{instance}`?");
        assertReasons(
                derive(OKX, NamingRule.COMPONENT, override("role", "{environment}_x")),
                "`role: {environment}_x` cannot be filled: there is no placeholder `{environment}`; there are");
    }

    @Test
    void aNameThatDoesNotFitItsStemIsAnErrorWhereARuleMustCompute() {
        assertReasons(derive(STRANGER, NamingRule.COMPONENT, Overrides.NONE), "the rule `component` expects");
        assertReasons(derive(STRANGER, NamingRule.COMPONENT, override("schema", "x")), "the rule `component` expects");
        assertReasons(
                derive(STRANGER, NamingRule.COMPONENT, override("namespace", "x")), "the rule `component` expects");
    }

    @Test
    void aNameThatDoesNotFitItsStemIsNoErrorWhereBothNamesAreSaid() {
        Names names = names(derive(STRANGER, NamingRule.COMPONENT, said("b_{instance}", "b:{instance}")));

        assertEquals("b_binance", names.schema());
        assertEquals("b:Binance", names.namespace());
        assertEquals("b_binance_adapter", names.role());
    }

    @Test
    void allReasonsAreTold() {
        assertReasons(
                NameDeriver.derive(
                        STRANGER,
                        NamingRule.COMPONENT,
                        new Overrides(Optional.of("a--b"), Optional.empty(), Optional.of("{entity}:{what}"),
                                Optional.of("{stm}"), Optional.empty()),
                        Map.of()),
                "stem `a--b` must be",
                "`namespace: {entity}:{what}` cannot be filled: `{entity}` is empty",
                "`namespace: {entity}:{what}` cannot be filled: there is no placeholder `{what}`",
                "`role: {stm}` cannot be filled: there is no placeholder `{stm}`, did you mean `{stem}`?",
                "the rule `component` expects");
    }

    private static void assertReasons(Derivation derivation, String... beginnings) {
        List<String> reasons = assertInstanceOf(Impossible.class, derivation).reasons();
        assertEquals(beginnings.length, reasons.size(), reasons.toString());
        for (int i = 0; i < beginnings.length; i++) {
            assertTrue(reasons.get(i).startsWith(beginnings[i]), reasons.get(i));
        }
    }

    private static Names names(Derivation derivation) {
        return assertInstanceOf(Derived.class, derivation).names();
    }

    private static Derivation derive(Identity identity, NamingRule rule, Overrides overrides) {
        return NameDeriver.derive(identity, rule, overrides, Map.of());
    }

    private static Overrides said(String schema, String namespace) {
        return new Overrides(
                Optional.empty(), Optional.of(schema), Optional.of(namespace), Optional.empty(), Optional.empty());
    }

    private static Overrides override(String key, String template) {
        return new Overrides(
                only("stem", key, template),
                only("schema", key, template),
                only("namespace", key, template),
                only("role", key, template),
                only("redis_user", key, template));
    }

    private static Optional<String> only(String wanted, String key, String template) {
        return wanted.equals(key) ? Optional.of(template) : Optional.empty();
    }
}
