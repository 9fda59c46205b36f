package io.provision.postgres.migration;

import io.provision.plan.Movable;
import io.provision.postgres.SearchPathText;
import io.provision.postgres.Session;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Functions of triggers are found by OID and stay, unless they are named; a named one must not need its place. */
final class TriggerFunctions {

    private static final String SEARCH_PATH = "search_path=";

    private final Session session;
    private final Findings findings;

    TriggerFunctions(Session session, Findings findings) {
        this.session = session;
        this.findings = findings;
    }

    void tell(MovingSet set) {
        staying(set);
        List<Moving> named = set.all().stream()
                .filter(m -> m.type() == Movable.FUNCTION && m.name().endsWith("()"))
                .toList();
        if (!named.isEmpty()) {
            bound(named);
        }
    }

    private void staying(MovingSet set) {
        Set<Long> moving = set.all().stream()
                .filter(object -> object.type() == Movable.FUNCTION)
                .map(Moving::oid)
                .collect(Collectors.toSet());
        Map<Integer, TreeSet<String>> byRoute = new TreeMap<>();
        session.query(
                        "WITH " + MovingSet.RELATIONS
                                + """
                                SELECT DISTINCT m.route, p.oid, n.nspname || '.' || p.proname
                                FROM moving m
                                JOIN pg_trigger t ON t.tgrelid = m.oid AND NOT t.tgisinternal
                                JOIN pg_proc p ON p.oid = t.tgfoid AND p.pronamespace = m.source
                                JOIN pg_namespace n ON n.oid = p.pronamespace
                                ORDER BY 1, 3
                                """,
                        row -> new Staying(row.getInt(1), row.getLong(2), row.getString(3)),
                        set.oids(),
                        set.routes(),
                        set.sources())
                .stream()
                .filter(function -> !moving.contains(function.oid()))
                .forEach(function -> byRoute.computeIfAbsent(function.route(), t -> new TreeSet<>())
                        .add(function.name() + "()"));
        byRoute.forEach((route, names) -> findings.note(
                set.route(route),
                "of the functions of triggers %s %s, found by OID; name %s in `migrate.tables` to move %s".formatted(
                        Findings.some(names),
                        names.size() == 1 ? "stays" : "stay",
                        names.size() == 1 ? "it" : "them",
                        names.size() == 1 ? "it" : "them")));
    }

    private record Staying(int route, long oid, String name) {}

    private void bound(List<Moving> named) {
        session.query(
                        """
                        SELECT w.place, p.prosrc, coalesce(p.proconfig, '{}')
                        FROM unnest(?::oid[]) WITH ORDINALITY AS w (oid, place)
                        JOIN pg_proc p ON p.oid = w.oid
                        ORDER BY 1
                        """,
                        row -> new Body(
                                named.get(row.getInt(1) - 1),
                                row.getString(2),
                                searchPath((String[]) row.getArray(3).getArray())),
                        named.stream().map(m -> Long.toString(m.oid())).toList())
                .forEach(body -> body.need().ifPresent(need -> findings.refuse(
                        body.function().route(),
                        "the function %s must not move: %s".formatted(body.function().source(), need),
                        "take it out of `migrate.tables`: its triggers find it where it stands")));
    }

    /** What a function's SET search_path says. */
    static Optional<String> searchPath(String[] configuration) {
        return Arrays.stream(configuration)
                .filter(setting -> setting.startsWith(SEARCH_PATH))
                .map(setting -> setting.substring(SEARCH_PATH.length()))
                .findFirst();
    }

    private record Body(Moving function, String text, Optional<String> searchPath) {

        Optional<String> need() {
            Route route = function.route();
            return searchPath
                    .filter(path -> SearchPathText.parse(path).contains(route.from()))
                    .filter(path -> !SearchPathText.parse(path).contains(route.to()))
                    .map(path -> "it looks for names by its SET search_path = " + path)
                    .or(() -> TextLines.first(text, Pattern.compile("(?<![\\w.])\"?" + Pattern.quote(route.from())
                                    + "\"?\\s*\\."))
                            .map(line -> "its body names the schema %s (%s)".formatted(route.from(), line)));
        }
    }
}
