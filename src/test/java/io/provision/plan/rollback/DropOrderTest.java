package io.provision.plan.rollback;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.provision.plan.rollback.ObjectGraph.Edge;
import io.provision.plan.rollback.ObjectGraph.Node;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DropOrderTest {

    @Test
    void whatNeedsAnotherGoesBeforeIt() {
        ObjectGraph graph = graph(needs("view", "table"), needs("function", "view"));

        assertEquals(List.of("function", "view", "table"), order(graph, "table", "view", "function"));
    }

    @Test
    void whatGoesAlongIsNotDroppedByItself() {
        ObjectGraph graph = graph(part("index", "table"), part("sequence", "table"));

        assertEquals(List.of("table"), order(graph, "index", "table", "sequence"));
    }

    @Test
    void whatNeedsAPartGoesBeforeTheWhole() {
        ObjectGraph graph = graph(part("key", "table"), needs("reference", "key"), part("reference", "other"));

        assertEquals(List.of("other", "table"), order(graph, "table", "other"));
    }

    @Test
    void aViewGoesBeforeTheTableThatItsRuleReads() {
        ObjectGraph graph = graph(new Edge("rule", "view", true, true), needs("rule", "table"));

        assertEquals(List.of("view", "table"), order(graph, "table", "view"));
    }

    @Test
    void twoThatNeedEachOtherGoOneAfterTheOther() {
        ObjectGraph graph = graph(needs("one", "other"), needs("other", "one"));

        assertEquals(List.of("other", "one"), order(graph, "one", "other"));
    }

    @Test
    void aLongRowOfViewsEndsInNoOverflow() {
        String[] views = IntStream.range(0, 3_000).mapToObj("view%05d"::formatted).toArray(String[]::new);
        Edge[] row = IntStream.range(1, views.length)
                .mapToObj(i -> needs(views[i], views[i - 1]))
                .toArray(Edge[]::new);

        List<String> order = order(graph(row), views);

        assertEquals(views[views.length - 1], order.get(0));
        assertEquals(views[0], order.get(order.size() - 1));
    }

    private static Edge needs(String dependent, String on) {
        return new Edge(dependent, on, false, false);
    }

    private static Edge part(String dependent, String on) {
        return new Edge(dependent, on, true, false);
    }

    private static ObjectGraph graph(Edge... edges) {
        List<Node> nodes = Stream.of(edges)
                .flatMap(edge -> Stream.of(edge.dependent(), edge.on()))
                .distinct()
                .map(key -> new Node(key, "table", "s." + key, true, Optional.empty()))
                .toList();
        return new ObjectGraph(nodes, List.of(edges));
    }

    private static List<String> order(ObjectGraph graph, String... dropped) {
        return List.copyOf(new DropOrder(graph, List.of(dropped)).keys());
    }
}
