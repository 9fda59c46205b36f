package io.provision.apply;

import io.provision.plan.Change;
import io.provision.plan.RedisResource.ValidatedNamespace;
import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import io.provision.redis.Validation;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Validates the namespaces of a run in a handful of round trips, before any transaction stands open. */
final class NamespacePhase {

    private final Map<String, Validation> validations;

    NamespacePhase(Stores stores, List<Change> changes) {
        List<String> namespaces = changes.stream()
                .map(Change::resource)
                .filter(ValidatedNamespace.class::isInstance)
                .map(resource -> ((ValidatedNamespace) resource).namespace())
                .toList();
        validations = namespaces.isEmpty()
                ? Map.of()
                : stores.redis().orElseThrow().validate(namespaces).stream()
                        .collect(Collectors.toMap(Validation::namespace, Function.identity()));
    }

    /** @throws ProvisionException when the namespace of the change was not found to be good */
    void require(Change change) {
        Validation validation = validations.get(((ValidatedNamespace) change.resource()).namespace());
        if (!validation.succeeded()) {
            throw new ProvisionException(
                    ExitCode.FAILED,
                    validation.problems().isEmpty()
                            ? List.of(Problem.error("the namespace could not be validated"))
                            : validation.problems());
        }
    }
}
