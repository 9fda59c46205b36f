package io.provision.plan.rollback;

import io.provision.plan.Change;
import io.provision.plan.Distribution;
import io.provision.plan.MigrationResource.Placement;
import io.provision.problem.Problem;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Tables that are to leave a schema which another run distributed, and which stays so. */
final class StillDistributed {

    private StillDistributed() {}

    /** @param changes everything that is to be done */
    static List<Problem> refusals(Staying staying, Collection<Change> changes) {
        Set<String> left = left(changes);
        return left.isEmpty() ? List.of() : staying.distributed().stream()
                .filter(net -> left.contains(((Distribution) net.resource()).schema()))
                .map(net -> Problem.error("%s: tables are to go back from the schema %s, which a later run distributed"
                                .formatted(net.instance(), net.target().target()))
                        .remedy("roll back the run %s first, or all of %s"
                                .formatted(net.first().run(), net.instance())))
                .toList();
    }

    /** The schemas that tables leave. */
    private static Set<String> left(Collection<Change> changes) {
        return changes.stream()
                .filter(change -> change.after().isPresent())
                .map(change -> change.before().orElse(null))
                .filter(Placement.class::isInstance)
                .map(was -> ((Placement) was).schema())
                .collect(Collectors.toSet());
    }
}
