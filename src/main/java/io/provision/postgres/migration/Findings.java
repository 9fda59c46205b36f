package io.provision.postgres.migration;

import io.provision.plan.Hazard;
import io.provision.plan.Moves;
import io.provision.plan.Resource;
import io.provision.plan.ResourceId;
import io.provision.problem.Problem;
import io.provision.problem.ShortList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the looks at the catalogs found, put in an order that does not depend on theirs. */
final class Findings {

    private final Map<Resource, String> wanted = new HashMap<>();
    private final Map<ResourceId, TreeSet<Hazard>> hazards = new TreeMap<>();
    private final List<Problem> refusals = new ArrayList<>();
    private final TreeSet<String> notes = new TreeSet<>();
    private final Map<String, TreeSet<String>> noted = new TreeMap<>();

    /** What several want, the first of them in the order of the manifest gets. */
    void want(Resource resource, Route route) {
        wanted.putIfAbsent(resource, route.instance());
    }

    void hazard(Moving object, String kind, String message) {
        hazard(object, new Hazard(kind, message));
    }

    void hazard(Moving object, Hazard hazard) {
        hazards.computeIfAbsent(
                        object.id(),
                        id -> new TreeSet<>(Comparator.comparing(Hazard::kind).thenComparing(Hazard::message)))
                .add(hazard);
    }

    void refuse(Route route, String message, String remedy) {
        refusals.add(Problem.error(route.instance() + ": " + message).remedy(remedy));
    }

    /** @param sentence without a full stop; the instance's name is put before it */
    void note(Route route, String sentence) {
        notes.add(route.instance() + ": " + sentence);
    }

    /**
     * @param sentence as {@link #note} takes it, with %s for the names that it is true of
     * @param name one of them
     */
    void noteOf(Route route, String sentence, String name) {
        noted.computeIfAbsent(route.instance() + ": " + sentence, s -> new TreeSet<>()).add(name);
    }

    Moves moves() {
        noted.forEach((sentence, names) -> notes.add(sentence.replace("%s", some(names))));
        return new Moves(
                wanted,
                hazards.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, entry -> List.copyOf(entry.getValue()))),
                refusals.stream().distinct().sorted(Comparator.comparing(Problem::toString)).toList(),
                List.copyOf(notes));
    }

    /** Names, in order. */
    static String some(Collection<String> names) {
        return ShortList.of(new TreeSet<>(names));
    }
}
