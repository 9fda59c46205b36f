package io.provision.verify;

import io.provision.manifest.Instance;
import io.provision.naming.AdapterCheck;
import io.provision.naming.Computation;
import io.provision.naming.Computation.SchemaAndNamespace;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Whether each service will look for what is provisioned ({@code naming.md}, "Why there are several rules"). A manifest
 * in which one would not, and somebody has said which adapter it runs, is not taken in the first place.
 */
final class NameProof {

    private static final String NAME = "names";

    private final List<Check> checks = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    private NameProof() {}

    static Evidence of(Collection<Instance> instances) {
        NameProof proof = new NameProof();
        instances.forEach(proof::look);
        return new Evidence(proof.checks, List.of(), proof.warnings);
    }

    private void look(Instance instance) {
        AdapterCheck check =
                AdapterCheck.of(instance.identity(), instance.adapter(), instance.stem(), instance.names());
        if (check instanceof AdapterCheck.Reconcilable reconcilable) {
            checks.add(Check.holds(
                    instance.name(),
                    NAME,
                    "its adapter (%s) computes %s; its environment must say %s".formatted(
                            rule(instance), told(reconcilable.computed()), lines(reconcilable.lines()))));
        } else if (check instanceof AdapterCheck.Irreconcilable irreconcilable) {
            warnings.add("%s: its adapter (%s) computes %s, and what is provisioned is %s".formatted(
                    instance.name(),
                    rule(instance),
                    told(irreconcilable.computed()),
                    told(new SchemaAndNamespace(instance.names().schema(), instance.names().namespace()))));
        } else {
            checks.add(Check.holds(instance.name(), NAME, "its adapter (%s) computes what is provisioned"
                    .formatted(rule(instance))));
        }
    }

    private static String rule(Instance instance) {
        return instance.adapter().rule().id();
    }

    private static String told(Computation computed) {
        return computed instanceof SchemaAndNamespace both
                ? "%s and %s".formatted(both.schema(), both.namespace())
                : "nothing: " + ((Computation.NotComputable) computed).reason();
    }

    private static String lines(Map<String, String> lines) {
        return String.join(
                " ", lines.entrySet().stream().map(line -> line.getKey() + "=" + line.getValue()).toList());
    }
}
