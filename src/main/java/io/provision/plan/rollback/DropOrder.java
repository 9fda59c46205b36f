package io.provision.plan.rollback;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** In what order objects are dropped: each before what it needs. Takes time linear in them and what binds them. */
final class DropOrder {

    private final ObjectGraph graph;

    /** What is dropped by itself, in the order in which it was named, with what goes along. */
    private final Map<String, List<String>> goesWith = new LinkedHashMap<>();

    /** The other way round, of what needs another thing: what takes it along, itself included; as a rule one thing. */
    private final Map<String, List<String>> takenBy = new HashMap<>();

    private final Map<String, Integer> places = new HashMap<>();
    private final Set<String> ordered = new LinkedHashSet<>();

    DropOrder(ObjectGraph graph, Collection<String> dropped) {
        this.graph = graph;
        Set<String> parts = new HashSet<>();
        for (String key : dropped) {
            graph.withParts(List.of(key)).stream().filter(part -> !part.equals(key)).forEach(parts::add);
        }
        for (String key : dropped) {
            if (!parts.contains(key)) {
                goesWith.put(key, List.copyOf(graph.withParts(List.of(key))));
            }
        }
        Set<String> needing = graph.needingOthers();
        goesWith.forEach((key, all) -> {
            places.put(key, places.size());
            all.stream()
                    .filter(needing::contains)
                    .forEach(part -> takenBy.computeIfAbsent(part, p -> new ArrayList<>(1)).add(key));
        });
    }

    /** Keys of those that are not dropped with another one. */
    Collection<String> keys() {
        // A part of a table that stays has to wait for the table, and so comes last where it can.
        Comparator<String> partsLast = Comparator.comparing(graph::isPart);
        goesWith.keySet().stream()
                .sorted(partsLast.thenComparing(Comparator.naturalOrder()))
                .forEach(key -> visit(key, new HashSet<>()));
        return ordered;
    }

    private void visit(String key, Set<String> onTheWay) {
        if (ordered.contains(key) || !onTheWay.add(key)) {
            return;
        }
        for (String other : needing(key)) {
            visit(other, onTheWay);
        }
        ordered.add(key);
    }

    /** What cannot stand without an object or what goes along with it, in the order of {@link #goesWith}. */
    private Collection<String> needing(String key) {
        Set<String> needing = new TreeSet<>(Comparator.comparing(places::get));
        goesWith.get(key).stream()
                .flatMap(graph::outsideDependents)
                .forEach(dependent -> needing.addAll(takenBy.getOrDefault(dependent, List.of())));
        needing.remove(key);
        return needing;
    }
}
