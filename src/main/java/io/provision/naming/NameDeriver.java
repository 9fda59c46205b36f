package io.provision.naming;

import java.util.Map;

/** Derives an instance's six names from its identity, a rule and the manifest's overrides ({@code naming.md}). */
public final class NameDeriver {

    private NameDeriver() {}

    /**
     * @param volumes folder by kind, as written; passed through
     * @return the names, not yet held against {@link NameRules}
     */
    public static Derivation derive(
            Identity identity, NamingRule rule, Overrides overrides, Map<String, String> volumes) {
        throw new UnsupportedOperationException("being built on the naming branch");
    }
}
