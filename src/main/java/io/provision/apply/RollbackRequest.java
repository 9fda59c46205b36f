package io.provision.apply;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be rolled back.
 *
 * @param names the instances, also such as the manifest does not list any more; none is all
 * @param run one run only
 * @param discardData whether tables that files of {@code sql:} made are dropped with rows in them, and keys taken away
 * @param unprotected the instances whose {@code protect: true} does not count
 */
public record RollbackRequest(Set<String> names, Optional<String> run, boolean discardData, Set<String> unprotected) {

    public RollbackRequest {
        names = Set.copyOf(names);
        Objects.requireNonNull(run, "run");
        unprotected = Set.copyOf(unprotected);
    }
}
