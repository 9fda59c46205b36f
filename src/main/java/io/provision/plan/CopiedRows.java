package io.provision.plan;

import io.provision.plan.MigrationResource.Placement;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Whose tables move and are distributed at once: that copies their rows, and their writers wait for it. */
final class CopiedRows {

    private CopiedRows() {}

    static List<String> notes(List<Change> changes) {
        Set<String> moving = changes.stream()
                .map(Change::resource)
                .filter(Placement.class::isInstance)
                .map(resource -> ((Placement) resource).to())
                .collect(Collectors.toSet());
        return changes.stream()
                .filter(change -> change.resource() instanceof Distribution distribution
                        && moving.contains(distribution.schema()))
                .map(change -> ("%s: Citus copies the rows of what moves to %s to a worker, under its locks:"
                                + " writers wait until it is done, and again on the way back")
                        .formatted(change.instance(), change.target().target()))
                .toList();
    }
}
