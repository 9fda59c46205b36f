package io.provision.postgres;

import io.provision.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Tables that {@code migrate:} names and that still stand in {@code public}. Moving them is not built yet, and making
 * new ones beside them would split an instance's data in two.
 */
public final class PublicTables {

    private PublicTables() {}

    /** @param patterns names and globs, by instance */
    public static List<Problem> inTheWay(Session session, Map<String, List<String>> patterns) {
        if (patterns.values().stream().allMatch(List::isEmpty)) {
            return List.of();
        }
        Set<String> standing = new TreeSet<>(session.query(
                """
                SELECT c.relname
                FROM pg_class c
                JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = 'public'
                  AND c.relkind IN ('r', 'p', 'f')
                """,
                row -> row.getString(1)));
        return patterns.entrySet().stream()
                .map(entry -> Map.entry(entry.getKey(), matching(entry.getValue(), standing)))
                .filter(entry -> !entry.getValue().isEmpty())
                .map(entry -> Problem.error("%s: `migrate` names tables that stand in public (%s), and none is moved yet"
                                .formatted(entry.getKey(), String.join(", ", entry.getValue())))
                        .remedy("take `migrate` out of the manifest, or wait for the version that moves them"))
                .toList();
    }

    private static List<String> matching(List<String> patterns, Set<String> tables) {
        return tables.stream()
                .filter(table -> patterns.stream().anyMatch(pattern -> glob(pattern).matcher(table).matches()))
                .toList();
    }

    private static Pattern glob(String pattern) {
        return Pattern.compile(pattern.chars()
                .mapToObj(c -> c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(Character.toString(c)))
                .collect(Collectors.joining()));
    }
}
