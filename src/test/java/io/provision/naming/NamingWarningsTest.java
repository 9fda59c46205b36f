package io.provision.naming;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.naming.NamingWarnings.StemUse;
import io.provision.naming.NamingWarnings.Warning;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NamingWarningsTest {

    @Test
    void aNamespaceThatEndsInABareColonIsWarnedOf() {
        Warning warning = NamingWarnings.bareColon("exchange-OKX", "exchange_OKX:").orElseThrow();

        assertTrue(warning.problem().message().contains("`exchange_OKX::*`"), warning.toString());
        assertFalse(warning.problem().isError());
        assertEquals(Optional.empty(), NamingWarnings.bareColon("exchange-OKX", "exchange:OKX"));
    }

    @Test
    void aSingletonWhoseStemIsNotItsInstancesIsWarnedToSetIt() {
        List<Warning> warnings = warn(use("risk-monitor", ""), use("risk-monitor-LH", ""), use("risk-monitor-NY", ""));

        assertEquals(1, warnings.size());
        assertEquals("risk-monitor", warnings.get(0).instance());
        assertEquals(Optional.of("set `stem: risk-monitor` for the service `risk-monitor`, if both are to have it"),
                warnings.get(0).problem().remedy());
    }

    @Test
    void oneStemForAllIsNotWarnedOf() {
        assertEquals(List.of(), warn(use("risk-monitor", "risk-monitor"), use("risk-monitor-LH", "risk-monitor")));
        assertEquals(List.of(), warn(use("risk-monitor", ""), use("risk-LH", "")));
        assertEquals(List.of(), warn(use("risk-monitor", "")));
        assertEquals(List.of(), warn(use("risk-monitor-LH", ""), use("risk-monitor-NY", "")));
    }

    @Test
    void anotherRuleHasNoStemToDiffer() {
        StemUse singleton = new StemUse(
                Identity.of("risk-monitor", "risk-monitor"), NamingRule.PYTHON_DATA_ADAPTER, Optional.empty());

        assertEquals(List.of(), warn(singleton, use("risk-monitor-LH", "")));
    }

    private static StemUse use(String instance, String stem) {
        return new StemUse(Identity.of("risk-monitor", instance), NamingRule.COMPONENT,
                Optional.of(stem).filter(said -> !said.isEmpty()));
    }

    private static List<Warning> warn(StemUse... uses) {
        return NamingWarnings.differingStems(Arrays.asList(uses));
    }
}
