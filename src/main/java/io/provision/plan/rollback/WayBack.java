package io.provision.plan.rollback;

import io.provision.plan.Change;
import io.provision.plan.Hazard;
import io.provision.plan.ResourceId;
import io.provision.problem.Problem;
import java.util.List;
import java.util.Map;

/**
 * What was found of the way back of objects that were moved.
 *
 * @param joined what has joined what was moved, and goes back with it
 * @param notes what a person should know of it
 * @param hazards what it might break, by what goes back
 * @param refusals why it must not be gone
 */
public record WayBack(
        List<Change> joined, List<String> notes, Map<ResourceId, List<Hazard>> hazards, List<Problem> refusals) {

    /** Nothing goes back. */
    public static final WayBack NONE = new WayBack(List.of(), List.of(), Map.of(), List.of());

    public WayBack {
        joined = List.copyOf(joined);
        notes = List.copyOf(notes);
        hazards = Map.copyOf(hazards);
        refusals = List.copyOf(refusals);
    }
}
