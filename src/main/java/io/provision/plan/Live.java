package io.provision.plan;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What was seen in the stores.
 *
 * @param state what stands, of what the manifest concerns
 * @param unlisted what stands that the manifest does not list any more
 * @param unknown what could not be seen, and why, as sentences
 * @param unseen the resources of which that is true: they are not taken for absent
 * @param hazards what changing a resource might break, where the stores tell it
 * @param notes what else a person should know
 * @param reasons why a resource is not as it should be, where the stores tell that better than the resource itself
 */
public record Live(
        State state,
        List<Unlisted> unlisted,
        List<String> unknown,
        Set<ResourceId> unseen,
        Map<ResourceId, List<Hazard>> hazards,
        List<String> notes,
        Map<ResourceId, String> reasons) {

    public Live {
        Objects.requireNonNull(state, "state");
        unlisted = List.copyOf(unlisted);
        unknown = List.copyOf(unknown);
        unseen = Set.copyOf(unseen);
        hazards = Map.copyOf(hazards);
        notes = List.copyOf(notes);
        reasons = Map.copyOf(reasons);
    }

    /** Nothing of it is dangerous. */
    public Live(State state, List<Unlisted> unlisted, List<String> unknown, Set<ResourceId> unseen) {
        this(state, unlisted, unknown, unseen, Map.of(), List.of(), Map.of());
    }

    /** All could be seen. */
    public Live(State state, List<Unlisted> unlisted) {
        this(state, unlisted, List.of(), Set.of());
    }

    /** Nothing was looked at, or nothing stands. */
    public static final Live NOTHING = new Live(State.EMPTY, List.of());

    /** What two stores show, together. */
    public Live with(Live other) {
        var resources = new TreeMap<>(state.resources());
        resources.putAll(other.state.resources());
        Set<ResourceId> dark = new HashSet<>(unseen);
        dark.addAll(other.unseen);
        Map<ResourceId, List<Hazard>> dangers = new TreeMap<>(hazards);
        other.hazards.forEach((id, more) -> dangers.merge(id, more, Live::concat));
        Map<ResourceId, String> why = new TreeMap<>(reasons);
        why.putAll(other.reasons);
        return new Live(
                new State(resources),
                concat(unlisted, other.unlisted),
                concat(unknown, other.unknown),
                dark,
                dangers,
                concat(notes, other.notes),
                why);
    }

    /** With what was found of objects that are to move. */
    public Live with(Moves moves) {
        return with(new Live(
                State.EMPTY, List.of(), List.of(), Set.of(), moves.hazards(), moves.notes(), Map.of()));
    }

    /** With what is known better of what is not listed any more. */
    public Live withUnlisted(List<Unlisted> better) {
        return new Live(state, better, unknown, unseen, hazards, notes, reasons);
    }

    private static <T> List<T> concat(List<T> some, List<T> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }
}
