package io.provision.plan;

import io.provision.plan.PostgresResource.Schema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Compares what stands with what should stand. Pure: the same two states give the same plan, whatever the order in
 * which they were put together. It takes nothing away that another hand made.
 */
public final class Planner {

    private Planner() {}

    public static Plan plan(Live live, Desired desired) {
        Comparison comparison = compare(live, desired);
        List<Change> changes = comparison.changes();
        return new Plan(
                changes,
                Refusals.of(live.state(), desired, changes),
                live.unlisted(),
                live.unknown(),
                Stream.of(live.notes(), FilesAfterMoves.notes(changes), CopiedRows.notes(changes))
                        .flatMap(List::stream)
                        .toList(),
                comparison.unchanged(),
                fingerprint(live, desired.state()));
    }

    /** The changes of that plan alone, for who wants no plan that could go stale or be refused. */
    public static List<Change> changes(Live live, Desired desired) {
        return compare(live, desired).changes();
    }

    private record Comparison(List<Change> changes, int unchanged) {}

    private static Comparison compare(Live live, Desired desired) {
        List<PlannedChange> changes = new ArrayList<>();
        int unchanged = 0;
        // In the order of the resources: no search for each.
        Iterator<String> instances = desired.instances().values().iterator();
        for (Map.Entry<ResourceId, Resource> entry : desired.state().resources().entrySet()) {
            String instance = instances.next();
            if (live.unseen().contains(entry.getKey())) {
                continue;
            }
            Optional<Resource> before = live.state().find(entry.getKey());
            Optional<Resource> after = entry.getValue().over(before);
            if (!before.equals(after)) {
                Change change = change(live, entry.getKey(), instance, before, after);
                changes.add(PlannedChange.of(change, entry.getKey()));
            } else if (after.isPresent() && !VolumeResource.isOnTheWay(entry.getValue())) {
                unchanged++;
            }
        }
        Collections.sort(changes);
        List<Change> inOrder = new ArrayList<>(changes.size());
        changes.forEach(planned -> inOrder.add(planned.change()));
        return new Comparison(inOrder, unchanged);
    }

    private static Change change(
            Live live, ResourceId id, String instance, Optional<Resource> before, Optional<Resource> after) {
        List<Hazard> hazards = new ArrayList<>(hazards(before, after));
        hazards.addAll(live.hazards().getOrDefault(id, List.of()));
        String reason = Optional.ofNullable(live.reasons().get(id)).orElseGet(() -> Reasons.of(before, after));
        return new Change(instance, before, after, reason, hazards);
    }

    private static List<Hazard> hazards(Optional<Resource> before, Optional<Resource> after) {
        if (before.orElse(null) instanceof Schema was
                && after.orElse(null) instanceof Schema is
                && was.comment().flatMap(Mark::parse).isEmpty()) {
            return List.of(new Hazard(
                    Hazard.OWNERSHIP,
                    "%s, who owns the schema %s, will own it no more and keep only what was granted to it"
                            .formatted(was.owner(), is.name())));
        }
        return List.of();
    }

    private static Fingerprint fingerprint(Live live, State desired) {
        return new Fingerprint(text -> desired.resources().forEach((id, resource) -> {
            text.accept(resource + "\n");
            text.accept((live.unseen().contains(id) ? "unseen" : live.state().find(id)) + "\n");
            text.accept(live.hazards().getOrDefault(id, List.of()) + "\n");
        }));
    }
}
