package io.provision.plan.rollback;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
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

    private final Collection<Edge> edges;
    private final Map<String, String> unseen;
    private final Map<String, Node> nodes;
    private final Map<Named, Node> byName;
    private final Map<String, List<Edge>> dependents;
    private final Map<String, List<Edge>> needs;

    private record Named(String type, String identity) {}

    public ObjectGraph(Collection<Node> nodes, Collection<Edge> edges) {
        this(nodes, edges, Map.of());
    }

    private ObjectGraph(Collection<Node> nodes, Collection<Edge> edges, Map<String, String> unseen) {
        this.edges = List.copyOf(edges);
        this.unseen = unseen;
        this.nodes = nodes.stream().collect(Collectors.toMap(Node::key, Function.identity(), (one, same) -> one));
        this.byName = nodes.stream().collect(Collectors.toMap(
                node -> new Named(node.type(), node.identity()), Function.identity(), (one, same) -> one));
        this.dependents = edges.stream().collect(Collectors.groupingBy(Edge::on));
        this.needs = edges.stream().collect(Collectors.groupingBy(Edge::dependent));
    }

    Optional<Node> find(String type, String identity) {
        return Optional.ofNullable(byName.get(new Named(type, identity)));
    }

    /** What has rows, as far as was seen. */
    public Collection<Node> filled() {
        return nodes.values().stream().filter(node -> node.rows().orElse(false)).toList();
    }

    /** The same, as a look has shown it. */
    public ObjectGraph with(RowsSeen seen) {
        return new ObjectGraph(
                nodes.values().stream()
                        .map(node -> seen.empty().contains(node.key())
                                ? new Node(node.key(), node.type(), node.identity(), node.standalone(),
                                        Optional.of(false))
                                : node)
                        .toList(),
                edges,
                seen.unseen());
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
        return needs.getOrDefault(key, List.of()).stream()
                .filter(Edge::inner)
                .map(edge -> whole(edge.on()))
                .findFirst()
                .orElse(key);
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
        return dependents.getOrDefault(key, List.of()).stream()
                .filter(edge -> !edge.part() && !edge.inner())
                .map(Edge::dependent);
    }
}
