package io.provision.plan;

import io.provision.problem.Problem;
import java.util.List;
import java.util.Map;

/**
 * What is to move from one schema to another, as a look at the catalogs showed it.
 *
 * @param wanted what is to stand for it, and the instance that each is for: objects in their new places, USAGE for
 *     those who would lose the way to them, views in their old places
 * @param hazards what moving an object might break, by the object
 * @param refusals why it must not be done
 * @param notes what a person should know of it: what stays behind, who will miss it
 */
public record Moves(
        Map<Resource, String> wanted,
        Map<ResourceId, List<Hazard>> hazards,
        List<Problem> refusals,
        List<String> notes) {

    public static final Moves NONE = new Moves(Map.of(), Map.of(), List.of(), List.of());

    public Moves {
        wanted = Map.copyOf(wanted);
        hazards = Map.copyOf(hazards);
        refusals = List.copyOf(refusals);
        notes = List.copyOf(notes);
    }
}
