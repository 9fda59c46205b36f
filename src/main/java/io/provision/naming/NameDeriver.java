package io.provision.naming;

import io.provision.naming.Computation.NotComputable;
import io.provision.naming.Computation.SchemaAndNamespace;
import io.provision.naming.Derivation.Derived;
import io.provision.naming.Derivation.Impossible;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Derives an instance's six names from its identity, a rule and the manifest's overrides ({@code naming.md}). */
public final class NameDeriver {

    private NameDeriver() {}

    /**
     * Every reason against the names is told, not only the first. A rule that cannot compute is no reason where the
     * overrides say both schema and namespace.
     *
     * @param volumes folder by kind, as written; passed through
     * @return the names, not yet held against {@link NameRules}
     */
    public static Derivation derive(
            Identity identity, NamingRule rule, Overrides overrides, Map<String, String> volumes) {
        List<String> reasons = new ArrayList<>();
        overrides.stem().ifPresent(said -> reasons.addAll(NameRules.faultsOfStem(said)));
        Stem stem = Stem.of(identity, overrides.stem());
        Placeholders placeholders = new Placeholders(identity, stem, reasons);
        Optional<String> schema = overrides.schema().map(said -> placeholders.identifier("schema", said));
        Optional<String> namespace = overrides.namespace().map(said -> placeholders.verbatim("namespace", said));
        Optional<String> role = overrides.role().map(said -> placeholders.identifier("role", said));
        Optional<String> redisUser = overrides.redisUser().map(said -> placeholders.verbatim("redis_user", said));

        Computation computed = rule.compute(identity, stem);
        if (computed instanceof NotComputable not && (schema.isEmpty() || namespace.isEmpty())) {
            reasons.add(not.reason());
        }
        if (!reasons.isEmpty()) {
            return new Impossible(reasons);
        }
        Names names = names(identity, filled(computed, schema, namespace), role, redisUser, volumes);
        return new Derived(names, stem.text(), stem.entity());
    }

    /**
     * What a rule computes by itself, whatever the manifest overrides: what an adapter that follows it looks for.
     *
     * @param stem the manifest's {@code stem:}, which only {@code component} knows
     */
    static Computation compute(Identity identity, NamingRule rule, Optional<String> stem) {
        return rule.compute(identity, Stem.of(identity, stem));
    }

    /** The six names of a schema and namespace; role follows schema, and Redis user follows role, unless said. */
    static Names names(
            Identity identity,
            SchemaAndNamespace both,
            Optional<String> role,
            Optional<String> redisUser,
            Map<String, String> volumes) {
        String roleName = role.orElseGet(() -> both.schema() + "_adapter");
        return new Names(
                both.schema(),
                both.namespace(),
                roleName,
                redisUser.orElseGet(() -> roleName.replace('_', '-')),
                Names.DISCOVERY_PREFIX + identity.service() + ":" + identity.instance(),
                volumes);
    }

    /** The computed names with the said ones over them; a rule that computed nothing has had both said. */
    static SchemaAndNamespace filled(Computation computed, Optional<String> schema, Optional<String> namespace) {
        if (computed instanceof SchemaAndNamespace both) {
            return new SchemaAndNamespace(schema.orElse(both.schema()), namespace.orElse(both.namespace()));
        }
        return new SchemaAndNamespace(schema.orElseThrow(), namespace.orElseThrow());
    }
}
