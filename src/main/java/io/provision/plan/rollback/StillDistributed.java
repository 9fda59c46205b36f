package io.provision.plan.rollback;

import io.provision.plan.Change;
import io.provision.plan.Distribution;
import io.provision.plan.MigrationResource.Placement;
import io.provision.problem.Problem;
import java.util.Collection;
import java.util.List;

/** Tables that are to leave a schema which another run distributed, and which stays so. */
final class StillDistributed {

    private StillDistributed() {}

    /** @param changes everything that is to be done */
    static List<Problem> refusals(Collection<NetChange> staying, Collection<Change> changes) {
        return staying.stream()
                .filter(net -> net.after().orElse(null) instanceof Distribution distribution
                        && leaves(distribution.schema(), changes))
                .map(net -> Problem.error("%s: tables are to go back from the schema %s, which a later run distributed"
                                .formatted(net.instance(), net.target().target()))
                        .remedy("roll back the run %s first, or all of %s"
                                .formatted(net.first().run(), net.instance())))
                .toList();
    }

    private static boolean leaves(String schema, Collection<Change> changes) {
        return changes.stream().anyMatch(change -> change.before().orElse(null) instanceof Placement was
                && change.after().isPresent()
                && was.schema().equals(schema));
    }
}
