package io.provision.naming;

import java.util.Objects;
import java.util.Optional;

/**
 * The data adapter that a service runs, and so what it computes at run time ({@code naming.md}, "Why there are several
 * rules").
 *
 * @param rule the rule that the adapter follows
 * @param environmentPrefix what stands before {@code SCHEMA_NAME} and {@code REDIS_NAMESPACE} in its environment, for
 *     an adapter that reads prefixed overrides
 */
public record Adapter(NamingRule rule, Optional<String> environmentPrefix) {

    public Adapter {
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(environmentPrefix, "environmentPrefix");
    }

    public static Adapter of(NamingRule rule) {
        return new Adapter(rule, Optional.empty());
    }

    /**
     * The prefix of the two variables by which the adapter can be told its names: empty text where it reads them bare,
     * nothing where it always computes ({@code naming.md}, "Why there are several rules").
     */
    public Optional<String> overridePrefix() {
        return switch (rule) {
            case MARKET_DATA_ADAPTER -> Optional.of("");
            case PYTHON_DATA_ADAPTER -> Optional.of(environmentPrefix.orElse(""));
            case COMPONENT, AUDIT_DATA_ADAPTER, PROJECT_PLAN, MARKET_DATA_SIMULATOR -> Optional.empty();
        };
    }
}
