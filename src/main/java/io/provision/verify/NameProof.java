package io.provision.verify;

import io.provision.manifest.Instance;
import io.provision.naming.AdapterCheck;
import io.provision.naming.AdapterEnvironment;
import io.provision.naming.Computation;
import io.provision.naming.Computation.SchemaAndNamespace;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Whether each service will look for what is provisioned ({@code naming.md}, "Why there are several rules"). */
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
        Optional<Map.Entry<String, String>> wrong = contradiction(instance);
        if (wrong.isPresent()) {
            String variable = wrong.get().getKey();
            checks.add(Check.fails(
                    instance.name(),
                    NAME,
                    "its environment says %s=%s, and what is provisioned is %s".formatted(
                            variable, instance.environment().get(variable).written(), wrong.get().getValue()),
                    "write %s=%s, or take it out of `environment:`".formatted(variable, wrong.get().getValue())));
        } else if (check instanceof AdapterCheck.Reconcilable reconcilable) {
            checks.add(Check.holds(
                    instance.name(),
                    NAME,
                    "its adapter (%s) computes %s; its environment must say %s".formatted(
                            rule(instance), told(reconcilable.computed()), lines(reconcilable.lines()))));
        } else if (check instanceof AdapterCheck.Irreconcilable irreconcilable) {
            String sentence = "%s: its adapter (%s) computes %s, and what is provisioned is %s".formatted(
                    instance.name(),
                    rule(instance),
                    told(irreconcilable.computed()),
                    told(new SchemaAndNamespace(instance.names().schema(), instance.names().namespace())));
            // Nobody has said which adapter the service runs: otherwise the manifest would not have been taken.
            warnings.add(sentence);
        } else {
            checks.add(Check.holds(instance.name(), NAME, "its adapter (%s) computes what is provisioned"
                    .formatted(rule(instance))));
        }
    }

    /** What its container is told that an adapter reads, and is not what is provisioned. */
    private static Optional<Map.Entry<String, String>> contradiction(Instance instance) {
        if (instance.adapter().overridePrefix().isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> provisioned = new TreeMap<>(AdapterEnvironment.linesFor(
                instance.identity(), instance.names(), instance.adapter()));
        String prefix = instance.adapter().overridePrefix().get();
        return provisioned.entrySet().stream()
                .filter(line -> line.getKey().startsWith(prefix))
                .filter(line -> instance.environment().containsKey(line.getKey()))
                .filter(line -> !instance.environment().get(line.getKey()).value().equals(line.getValue()))
                .findFirst();
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
