package io.provision.naming;

import io.provision.naming.Derivation.Derived;
import io.provision.naming.Derivation.Impossible;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The environment by which a service's adapter learns who it is, written and read ({@code naming.md}). */
public final class AdapterEnvironment {

    static final String SCHEMA = "SCHEMA_NAME";
    static final String NAMESPACE = "REDIS_NAMESPACE";
    private static final String SERVICE = "SERVICE_NAME";
    private static final String INSTANCE = "SERVICE_INSTANCE_NAME";

    private AdapterEnvironment() {}

    /**
     * The variables that make a service find what is provisioned for it, for {@code derive -o env}.
     *
     * @return by name; schema and namespace bare, and once more behind the adapter's prefix where it has one
     */
    public static SortedMap<String, String> linesFor(Identity identity, Names names, Adapter adapter) {
        SortedMap<String, String> lines = new TreeMap<>();
        lines.put(SERVICE, identity.service());
        lines.put(INSTANCE, identity.instance());
        for (String prefix : List.of("", adapter.environmentPrefix().orElse(""))) {
            lines.put(prefix + SCHEMA, names.schema());
            lines.put(prefix + NAMESPACE, names.namespace());
        }
        return lines;
    }

    /** Who the environment says the service is; nobody without a {@code SERVICE_NAME}. Empty counts as unset. */
    public static Optional<Identity> identityIn(Map<String, String> environment) {
        return variable(environment, SERVICE)
                .map(service -> new Identity(service, variable(environment, INSTANCE)));
    }

    /**
     * The names that an adapter would find in an environment: computed, with the variables' own over them where the
     * adapter reads such. These are taken as they stand: placeholders are the manifest's, not the adapters'.
     *
     * @return the names, not yet held against {@link NameRules}, without volumes
     */
    public static Derivation derive(Map<String, String> environment, Adapter adapter) {
        return identityIn(environment)
                .map(identity -> derive(identity, environment, adapter))
                .orElseGet(() -> new Impossible(List.of("the environment does not say which service it is for: set `"
                        + SERVICE + "`, and `" + INSTANCE + "` for an instance with a name of its own")));
    }

    private static Derivation derive(Identity identity, Map<String, String> environment, Adapter adapter) {
        Stem stem = Stem.of(identity, Optional.empty());
        Optional<String> prefix = adapter.overridePrefix();
        Optional<String> schema = prefix.flatMap(p -> variable(environment, p + SCHEMA));
        Optional<String> namespace = prefix.flatMap(p -> variable(environment, p + NAMESPACE));
        Computation computed = adapter.rule().compute(identity, stem);
        if (computed instanceof Computation.NotComputable not) {
            return new Impossible(List.of(not.reason()));
        }
        Names names = NameDeriver.names(
                identity,
                NameDeriver.filled(computed, schema, namespace),
                Optional.empty(),
                Optional.empty(),
                Map.of());
        return new Derived(names, stem.text(), stem.entity());
    }

    private static Optional<String> variable(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }
}
