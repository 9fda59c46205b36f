package io.provision.naming;

import java.util.Optional;

/** A rule by which an adapter computes schema and namespace ({@code naming.md}, "The rules"). */
public enum NamingRule {
    COMPONENT("component", new ComponentRule()),
    AUDIT_DATA_ADAPTER("audit-data-adapter", new AuditDataAdapterRule()),
    PROJECT_PLAN("project-plan", new ProjectPlanRule()),
    MARKET_DATA_ADAPTER("market-data-adapter", new MarketDataAdapterRule()),
    MARKET_DATA_SIMULATOR("market-data-simulator", new MarketDataSimulatorRule()),
    PYTHON_DATA_ADAPTER("python-data-adapter", new PythonDataAdapterRule());

    private final String id;
    private final Rule rule;

    NamingRule(String id, Rule rule) {
        this.id = id;
        this.rule = rule;
    }

    public String id() {
        return id;
    }

    Computation compute(Identity identity, Stem stem) {
        return rule.compute(identity, stem);
    }

    public static Optional<NamingRule> byId(String id) {
        for (NamingRule rule : values()) {
            if (rule.id.equals(id)) {
                return Optional.of(rule);
            }
        }
        return Optional.empty();
    }
}
