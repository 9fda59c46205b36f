package io.provision.plan;

import io.provision.problem.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is to be done, in order.
 *
 * @param changes shared ones first, then instance by instance, each instance's in the order in which they are applied
 * @param refusals why the plan must not be applied; empty when it may be
 * @param unlisted what stands that the manifest does not list any more
 * @param unknown what could not be seen, and why
 * @param notes what else a person should know before it is applied
 * @param unchanged the number of desired resources that stand already, without the folders on the way to others
 * @param fingerprint of what was seen and what is desired; another one means that the plan is stale
 */
public record Plan(
        List<Change> changes,
        List<Problem> refusals,
        List<Unlisted> unlisted,
        List<String> unknown,
        List<String> notes,
        int unchanged,
        Fingerprint fingerprint) {

    public Plan {
        changes = List.copyOf(changes);
        refusals = List.copyOf(refusals);
        unlisted = List.copyOf(unlisted);
        unknown = List.copyOf(unknown);
        notes = List.copyOf(notes);
        Objects.requireNonNull(fingerprint, "fingerprint");
    }

    public boolean isEmpty() {
        return changes.isEmpty();
    }

    public Plan noting(List<String> further) {
        return new Plan(
                changes,
                refusals,
                unlisted,
                unknown,
                Stream.concat(notes.stream(), further.stream()).toList(),
                unchanged,
                fingerprint);
    }

    public Plan refusedFor(List<Problem> further) {
        return new Plan(
                changes,
                Stream.concat(refusals.stream(), further.stream()).toList(),
                unlisted,
                unknown,
                notes,
                unchanged,
                fingerprint);
    }

    public List<Hazard> hazards() {
        return changes.stream().flatMap(change -> change.hazards().stream()).toList();
    }

    /** The changes by instance, in the plan's order; {@link Change#SHARED} among them. */
    public Map<String, List<Change>> byInstance() {
        return changes.stream()
                .collect(Collectors.groupingBy(Change::instance, LinkedHashMap::new, Collectors.toList()));
    }
}
