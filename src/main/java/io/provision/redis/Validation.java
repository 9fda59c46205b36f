package io.provision.redis;

import io.provision.problem.Problem;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Whether a namespace can be written to.
 *
 * @param otherKeyStood whether a validation key of another hand stood there; it does still
 * @param problems why it cannot be written to; empty when it can
 */
public record Validation(String namespace, boolean otherKeyStood, List<Problem> problems) {

    public Validation {
        Objects.requireNonNull(namespace, "namespace");
        problems = List.copyOf(problems);
    }

    /** This one and another of the same namespace, which was tried by each of its users. */
    Validation and(Validation other) {
        return new Validation(
                namespace,
                otherKeyStood || other.otherKeyStood,
                Stream.concat(problems.stream(), other.problems.stream()).toList());
    }

    public boolean succeeded() {
        return problems.isEmpty();
    }
}
