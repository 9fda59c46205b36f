package io.provision.plan.rollback;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.provision.plan.Change;
import io.provision.plan.Effect;
import io.provision.plan.SqlFile;
import io.provision.plan.SqlScript;
import io.provision.plan.rollback.ObjectGraph.Edge;
import io.provision.plan.rollback.ObjectGraph.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FileFatesTest {

    private final NetChange first = file(1, "a");
    private final NetChange second = file(2, "b");
    private final NetChange third = file(3, "c");

    @Test
    void ofFilesWhoseTablesAreEmptyAllIsDropped() {
        FileFates fates = fates(List.of(table("a", false), table("b", false)), List.of(), List.of());

        assertEquals(Map.of(), fates.kept());
        assertEquals(Set.of("a", "b"), fates.dropped());
    }

    @Test
    void whatAFileThatStaysNeedsStaysForThat() {
        FileFates fates = fates(
                List.of(table("a", false), table("b", true)), List.of(new Edge("b", "a", false, false)), List.of());

        assertEquals(Map.of("V2", "the table s.b has rows (--discard-data drops them)",
                "V1", "the table s.b needs the table s.a"), whyKept(fates));
    }

    @Test
    void aFileStaysWithALaterOneOfItsSchema() {
        FileFates fates = fates(List.of(table("a", false), table("b", true)), List.of(), List.of());

        assertEquals("V2__b.sql, which ran after it, stays", whyKept(fates).get("V1"));
    }

    @Test
    void aFileStaysWithALaterOneThatIsNotUndone() {
        FileFates fates = fates(List.of(table("a", false), table("b", false)), List.of(), List.of(third));

        assertEquals(Map.of("V1", "V3__c.sql, which ran after it, stays",
                "V2", "V3__c.sql, which ran after it, stays"), whyKept(fates));
    }

    @Test
    void ofThoseThatRanAfterItOneThatIsKeptNowIsNamed() {
        FileFates fates = fates(List.of(table("a", false), table("b", true)), List.of(), List.of(third));

        assertEquals("the table s.b has rows (--discard-data drops them)", whyKept(fates).get("V2"));
        assertEquals(Set.of(), fates.dropped());
    }

    private FileFates fates(List<Node> nodes, List<Edge> edges, List<NetChange> staying) {
        return new FileFates(new ObjectGraph(nodes, edges), List.of(second, first), new Staying(staying), false);
    }

    private static Map<String, String> whyKept(FileFates fates) {
        Map<String, String> why = new LinkedHashMap<>();
        fates.kept().forEach((net, reason) ->
                why.put(((SqlFile) net.resource()).name().file().replaceAll("__.*", ""), reason));
        return why;
    }

    private static Node table(String name, boolean rows) {
        return new Node(name, "table", "s." + name, true, Optional.of(rows));
    }

    private static NetChange file(long version, String table) {
        SqlFile file = new SqlFile(
                "s", new SqlScript.Name("V%d__%s.sql".formatted(version, table), List.of(version)), "0".repeat(64));
        Change change = new Change("cache-A", Optional.empty(), Optional.of(file), "to run", List.of());
        List<Effect> effects = Stream.of(table)
                .map(name -> new Effect(Effect.Kind.MADE, "table", "s." + name, Optional.empty()))
                .toList();
        Recorded recorded = new Recorded(version, "run", false, "host", "1", change, effects);
        return new NetChange("cache-A", Optional.empty(), Optional.of(file), recorded, recorded, effects);
    }
}
