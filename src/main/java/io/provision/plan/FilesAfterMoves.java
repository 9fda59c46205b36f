package io.provision.plan;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Whose {@code sql:} files run while tables that moved are locked: their writers wait for the files, too. */
final class FilesAfterMoves {

    private FilesAfterMoves() {}

    /** @param changes in the order in which they are made */
    static List<String> notes(List<Change> changes) {
        Set<String> moving = changes.stream()
                .filter(change -> change.resource().kind() == ResourceKind.MOVE)
                .map(Change::instance)
                .collect(Collectors.toSet());
        Map<String, String> files = changes.stream()
                .filter(change -> moving.contains(change.instance()) && change.resource() instanceof SqlFile)
                .collect(Collectors.groupingBy(
                        Change::instance,
                        TreeMap::new,
                        Collectors.mapping(
                                change -> ((SqlFile) change.resource()).name().file(),
                                Collectors.collectingAndThen(Collectors.toCollection(LinkedHashSet::new),
                                        names -> String.join(", ", names)))));
        return files.entrySet().stream()
                .map(entry -> ("%s: its sql: files (%s) run after the tables have moved, under their locks: "
                                + "writers wait until they are done")
                        .formatted(entry.getKey(), entry.getValue()))
                .toList();
    }
}
