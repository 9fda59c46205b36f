package io.provision.plan.rollback;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What files of {@code sql:} made and stands still, with everything that depends on it. */
public final class ObjectGraph {

    /** Nothing was made. */
    public static final ObjectGraph EMPTY = new ObjectGraph(List.of(), List.of());

    /**
     * What a look for rows has shown.
     *
     * @param empty the keys of what has none
     * @param unseen why it could not be looked into, by key
     */
    public record RowsSeen(Set<String> empty, Map<String, String> unseen) {

        public RowsSeen {
            empty = Set.copyOf(empty);
            unseen = Map.copyOf(unseen);
        }
    }

    /**
     * An object of the catalogs.
     *
     * @param key which one, for the server
     * @param type as {@code pg_identify_object} says
     * @param identity as {@code pg_identify_object} says
     * @param standalone whether it is something of its own, and no part of a table
     * @param rows whether there are rows in it; empty where that cannot be seen, and {@code false} where it has none
     */
    public record Node(String key, String type, String identity, boolean standalone, Optional<Boolean> rows) {

        String text() {
            return type + " " + identity;
        }
    }

    /**
     * That one object needs another.
     *
     * @param part whether it goes along when the other one is dropped
     * @param inner whether it is of the other's making, such as a view's rule, and the other one goes when it does
     */
    public record Edge(String dependent, String on, boolean part, boolean inner) {}

    private final Map<String, Node> nodes;
    private final Map<String, List<Edge>> dependents;
    private final Map<String, Edge> inner;
    private final Map<String, String> unseen;

    public ObjectGraph(Collection<Node> nodes, Collection<Edge> edges) {
        this.nodes = nodes.stream().collect(Collectors.toMap(Node::key, Function.identity(), (one, same) -> one));
        Map<String, List<Edge>> byWhatTheyNeed = edges.stream().collect(Collectors.groupingBy(Edge::on));
        // Most have one or two, and a list that is to grow takes as much room as ten.
        byWhatTheyNeed.replaceAll((on, all) -> List.copyOf(all));
        this.dependents = Map.copyOf(byWhatTheyNeed);
        this.inner = edges.stream()
                .filter(Edge::inner)
                .collect(Collectors.toMap(Edge::dependent, Function.identity(), (one, other) -> one));
        this.unseen = Map.of();
    }

    private ObjectGraph(ObjectGraph other, RowsSeen seen) {
        this.nodes = new HashMap<>(other.nodes);
        seen.empty().forEach(key -> nodes.computeIfPresent(key, (k, node) ->
                new Node(key, node.type(), node.identity(), node.standalone(), Optional.of(false))));
        this.dependents = other.dependents;
        this.inner = other.inner;
        this.unseen = seen.unseen();
    }

    /** Finds nodes by type and identity. */
    static final class Names {

        private record Named(String type, String identity) {}

        private final Map<Named, Node> nodes;

        private Names(Collection<Node> nodes) {
            this.nodes = nodes.stream().collect(Collectors.toMap(
                    node -> new Named(node.type(), node.identity()), Function.identity(), (one, same) -> one));
        }

        Optional<Node> find(String type, String identity) {
            return Optional.ofNullable(nodes.get(new Named(type, identity)));
        }
    }

    /** To be asked a while, and forgotten. */
    Names names() {
        return new Names(nodes.values());
    }

    /** What has rows, as far as was seen. */
    public Collection<Node> filled() {
        return nodes.values().stream().filter(node -> node.rows().orElse(false)).toList();
    }

    /** The same, as a look has shown it. */
    public ObjectGraph with(RowsSeen seen) {
        return new ObjectGraph(this, seen);
    }

    /** Why something of which it was not seen that it is empty must stay. */
    String whyFilled(Node node) {
        return Optional.ofNullable(unseen.get(node.key()))
                .map(why -> "the %s could not be looked into for rows: %s".formatted(node.text(), why))
                .orElseGet(() -> "the %s has rows (--discard-data drops them)".formatted(node.text()));
    }

    Stream<Node> nodes(Collection<String> keys) {
        return keys.stream().map(nodes::get).filter(node -> node != null);
    }

    /** These, and what goes along when they are dropped. */
    Set<String> withParts(Collection<String> keys) {
        Set<String> all = new LinkedHashSet<>(keys);
        Deque<String> open = new ArrayDeque<>(keys);
        while (!open.isEmpty()) {
            for (Edge edge : dependents.getOrDefault(open.poll(), List.of())) {
                if (edge.part() && all.add(edge.dependent())) {
                    open.add(edge.dependent());
                }
            }
        }
        return all;
    }

    /** What needs an object and would not go with {@code dropped}; the thing that a rule or the like belongs to. */
    Optional<Node> needing(String key, Set<String> dropped) {
        return dependents.getOrDefault(key, List.of()).stream()
                .filter(edge -> !edge.part())
                .map(edge -> whole(edge.dependent()))
                .filter(dependent -> !dropped.contains(dependent))
                .map(nodes::get)
                .filter(node -> node != null)
                .findFirst();
    }

    private String whole(String key) {
        Edge of = inner.get(key);
        return of == null ? key : whole(of.on());
    }

    /** Those that are not dropped with another one, each before what it needs. */
    List<Node> inOrder(Collection<String> dropped) {
        return nodes(new DropOrder(this, dropped).keys()).toList();
    }

    /** Whether it is no more than a part of a table. */
    boolean isPart(String key) {
        return !nodes.get(key).standalone();
    }

    /** What needs an object and is neither a part of it nor of its making. */
    Stream<String> outsideDependents(String key) {
        return outside(dependents.getOrDefault(key, List.of()));
    }

    /** All that needs an object and is neither a part of it nor of its making. */
    Set<String> needingOthers() {
        return dependents.values().stream().flatMap(ObjectGraph::outside).collect(Collectors.toSet());
    }

    private static Stream<String> outside(List<Edge> edges) {
        return edges.stream().filter(edge -> !edge.part() && !edge.inner()).map(Edge::dependent);
    }
}
