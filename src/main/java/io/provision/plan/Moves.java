package io.provision.plan;

import io.provision.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

    /** What two looks showed, together. */
    public Moves with(Moves other) {
        Map<ResourceId, List<Hazard>> all = new TreeMap<>(hazards);
        other.hazards.forEach((id, more) -> all.merge(id, more, Moves::concat));
        return new Moves(
                Stream.concat(wanted.entrySet().stream(), other.wanted.entrySet().stream())
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, Moves::oneOf)),
                all,
                concat(refusals, other.refusals),
                concat(notes, other.notes));
    }

    private static String oneOf(String instance, String other) {
        return instance.equals(other) ? instance : Change.SHARED;
    }

    private static <T> List<T> concat(List<T> some, List<T> others) {
        return Stream.concat(some.stream(), others.stream()).distinct().toList();
    }
}
