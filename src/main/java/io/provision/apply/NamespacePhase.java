package io.provision.apply;

import io.provision.plan.Change;
import io.provision.plan.RedisResource.ValidatedNamespace;
import io.provision.plan.Resource;
import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import io.provision.redis.Validation;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What came of trying the namespaces of a run, in a handful of round trips, before any transaction stands open. */
final class NamespacePhase {

    private final Map<String, Validation> validations;

    private NamespacePhase(Map<String, Validation> validations) {
        this.validations = validations;
    }

    /** @throws ProvisionException with {@link ExitCode#UNREACHABLE} when the connection breaks */
    static NamespacePhase validate(Stores stores, Collection<? extends Resource> resources) {
        List<String> namespaces = resources.stream()
                .filter(ValidatedNamespace.class::isInstance)
                .map(resource -> ((ValidatedNamespace) resource).namespace())
                .toList();
        return new NamespacePhase(
                namespaces.isEmpty()
                        ? Map.of()
                        : stores.redis().orElseThrow().validate(namespaces).stream()
                                .collect(Collectors.toMap(Validation::namespace, Function.identity())));
    }

    /** @throws ProvisionException when the namespace of the change was not found to be good */
    void require(Change change) {
        Validation validation = validations.get(((ValidatedNamespace) change.resource()).namespace());
        if (!validation.succeeded()) {
            throw new ProvisionException(ExitCode.FAILED, validation.problems());
        }
    }

    /** What is wrong with any of them. */
    List<Problem> problems() {
        return validations.values().stream().flatMap(validation -> validation.problems().stream()).toList();
    }
}
