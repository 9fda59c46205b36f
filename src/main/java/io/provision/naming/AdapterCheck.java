package io.provision.naming;

import io.provision.naming.Computation.SchemaAndNamespace;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Whether what is provisioned is what the service's adapter will look for ({@code naming.md}, "Why there are several
 * rules").
 */
public sealed interface AdapterCheck {

    record Agrees() implements AdapterCheck {}

    /**
     * The names differ, and the service's environment can tell the adapter.
     *
     * @param lines the variables that do so, by name: one for each name that differs
     * @param computed what the adapter looks for without them
     */
    record Reconcilable(SortedMap<String, String> lines, SchemaAndNamespace computed) implements AdapterCheck {

        public Reconcilable {
            lines = Collections.unmodifiableSortedMap(new TreeMap<>(lines));
            Objects.requireNonNull(computed, "computed");
        }
    }

    /** @param computed what the adapter looks for, and cannot be told otherwise; or why its rule computes nothing */
    record Irreconcilable(Computation computed) implements AdapterCheck {

        public Irreconcilable {
            Objects.requireNonNull(computed, "computed");
        }
    }

    /**
     * @param stem the manifest's {@code stem:}, for an adapter that follows {@code component}
     * @param provisioned the instance's names, overrides included
     */
    static AdapterCheck of(Identity identity, Adapter adapter, Optional<String> stem, Names provisioned) {
        Computation computed = NameDeriver.compute(identity, adapter.rule(), stem);
        if (computed.equals(new SchemaAndNamespace(provisioned.schema(), provisioned.namespace()))) {
            return new Agrees();
        }
        if (adapter.overridePrefix().isPresent() && computed instanceof SchemaAndNamespace both) {
            return new Reconcilable(lines(adapter.overridePrefix().get(), both, provisioned), both);
        }
        return new Irreconcilable(computed);
    }

    private static SortedMap<String, String> lines(String prefix, SchemaAndNamespace computed, Names provisioned) {
        SortedMap<String, String> lines = new TreeMap<>();
        if (!computed.schema().equals(provisioned.schema())) {
            lines.put(prefix + AdapterEnvironment.SCHEMA, provisioned.schema());
        }
        if (!computed.namespace().equals(provisioned.namespace())) {
            lines.put(prefix + AdapterEnvironment.NAMESPACE, provisioned.namespace());
        }
        return lines;
    }
}
