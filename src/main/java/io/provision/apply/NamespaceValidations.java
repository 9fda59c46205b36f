package io.provision.apply;

import io.provision.plan.Change;
import io.provision.plan.Desired;
import io.provision.plan.RedisResource.ValidatedNamespace;
import io.provision.plan.Resource;
import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import io.provision.redis.NamespaceOwner;
import io.provision.redis.Validation;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What came of trying the namespaces of a run, in a handful of round trips, before any transaction stands open. */
final class NamespaceValidations {

    /** None was tried. */
    static final NamespaceValidations NONE = new NamespaceValidations(Map.of());

    private final Map<String, Validation> validations;

    private NamespaceValidations(Map<String, Validation> validations) {
        this.validations = validations;
    }

    /**
     * @param made the users whom this run made
     * @throws ProvisionException with {@link ExitCode#UNREACHABLE} when the connection breaks
     */
    static NamespaceValidations validate(
            Stores stores, Passwords passwords, Set<String> made, Collection<? extends Resource> resources) {
        Set<String> namespaces = resources.stream()
                .filter(ValidatedNamespace.class::isInstance)
                .map(resource -> ((ValidatedNamespace) resource).namespace())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        if (namespaces.isEmpty()) {
            return NONE;
        }
        List<NamespaceOwner> owners = passwords.owners(namespaces, made);
        try {
            return new NamespaceValidations(stores.redis().orElseThrow().validate(namespaces, owners).stream()
                    .collect(Collectors.toMap(Validation::namespace, Function.identity())));
        } finally {
            owners.forEach(NamespaceOwner::wipe);
        }
    }

    /** @throws ProvisionException when the namespace of the change was not found to be good */
    void require(Change change) {
        if (change.after().isEmpty() || !(change.resource() instanceof ValidatedNamespace namespace)) {
            return;
        }
        Validation validation = validations.get(namespace.namespace());
        if (!validation.succeeded()) {
            throw new ProvisionException(ExitCode.FAILED, validation.problems());
        }
    }

    /** What is wrong with any of them, by the instance whose it is. */
    Map<String, List<Problem>> problems(Desired desired) {
        return validations.values().stream()
                .filter(validation -> !validation.succeeded())
                .collect(Collectors.groupingBy(
                        validation -> desired.instanceOf(new ValidatedNamespace(validation.namespace()).id()),
                        TreeMap::new,
                        Collectors.flatMapping(v -> v.problems().stream(), Collectors.toList())));
    }
}
