package io.provision.naming;

import java.util.Arrays;
import java.util.Optional;

/** A rule by which an adapter computes schema and namespace ({@code naming.md}, "The rules"). */
public enum NamingRule {
    COMPONENT("component"),
    AUDIT_DATA_ADAPTER("audit-data-adapter"),
    PROJECT_PLAN("project-plan"),
    MARKET_DATA_ADAPTER("market-data-adapter"),
    MARKET_DATA_SIMULATOR("market-data-simulator"),
    PYTHON_DATA_ADAPTER("python-data-adapter");

    private final String id;

    NamingRule(String id) {
        this.id = id;
    }

    public String id() {
        return id;
    }

    public static Optional<NamingRule> byId(String id) {
        return Arrays.stream(values()).filter(rule -> rule.id.equals(id)).findFirst();
    }
}
