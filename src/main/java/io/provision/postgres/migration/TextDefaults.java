package io.provision.postgres.migration;

import io.provision.plan.Movable;
import io.provision.postgres.SearchPathText;
import io.provision.postgres.Session;
import io.provision.postgres.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Defaults that find a sequence by its name each time they are computed, as {@code nextval('public.s'::text::regclass)}
 * does: nothing in {@code pg_depend} tells of them.
 */
final class TextDefaults {

    private static final Pattern NAME = Pattern.compile("'((?:[^']|'')*)'::text");

    /** @param schema empty where the search path finds the name */
    private record Named(Optional<String> schema, String name) {}

    private record Default(long relation, String title, List<Named> names) {}

    private final Session session;
    private final List<Default> defaults;
    private final Map<String, List<Default>> byName = new HashMap<>();

    private TextDefaults(Session session, List<Default> defaults) {
        this.session = session;
        this.defaults = defaults;
        defaults.forEach(each -> each.names().stream()
                .map(Named::name)
                .distinct()
                .forEach(name -> byName.computeIfAbsent(name, n -> new ArrayList<>()).add(each)));
    }

    /** The functions behind {@code regclass(text)} and {@code to_regclass}; an expression's tree names them by OID. */
    static TextDefaults of(Session session, MovingSet set) {
        if (set.relations().isEmpty()) {
            return new TextDefaults(session, List.of());
        }
        return new TextDefaults(session, session.query(
                """
                SELECT d.adrelid, n.nspname || '.' || c.relname || '.' || a.attname, pg_get_expr(d.adbin, d.adrelid)
                FROM pg_attrdef d
                JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
                JOIN pg_class c ON c.oid = d.adrelid
                JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE d.adbin::text LIKE ANY (ARRAY['%:funcid 1079 %', '%:funcid 3495 %'])
                ORDER BY 2
                """,
                TextDefaults::read));
    }

    private static Default read(ResultSet row) throws SQLException {
        List<Named> names = new ArrayList<>();
        Matcher matcher = NAME.matcher(row.getString(3));
        while (matcher.find()) {
            List<String> parts = SearchPathText.parse(matcher.group(1).replace("''", "'").replace('.', ','));
            if (parts.size() == 1 || parts.size() == 2) {
                names.add(new Named(
                        parts.size() == 2 ? Optional.of(parts.get(0)) : Optional.empty(),
                        parts.get(parts.size() - 1)));
            }
        }
        return new Default(row.getLong(1), row.getString(2), names);
    }

    /** A default, of whatever table, that may find the sequence where it stands. */
    Optional<String> naming(Route route, String sequence) {
        return byName.getOrDefault(sequence, List.of()).stream()
                .filter(d -> d.names().stream().anyMatch(name -> finds(name, route, sequence)))
                .map(d -> "the default of " + d.title())
                .findFirst();
    }

    private static boolean finds(Named name, Route route, String sequence) {
        return name.name().equals(sequence) && name.schema().map(route.from()::equals).orElse(true);
    }

    /** A sequence that has to move, and would not be found any more. */
    void refuse(MovingSet set, Attachments attachments, Findings findings) {
        Map<String, Route> moving = new HashMap<>();
        attachments.all().stream()
                .filter(a -> a.kind() == Attachments.Kind.SEQUENCE)
                .forEach(a -> moving.put(
                        a.name(), set.relation(a.relation()).orElseThrow().route()));
        set.relations().stream()
                .filter(m -> m.type() == Movable.SEQUENCE)
                .forEach(m -> moving.put(m.name(), m.route()));
        for (Default each : defaults) {
            for (Named name : each.names()) {
                Optional.ofNullable(moving.get(name.name()))
                        .filter(route -> finds(name, route, name.name()))
                        .ifPresent(route -> findings.refuse(
                                route,
                                "the sequence %s.%s moves, and the default of %s finds it by text".formatted(
                                        route.from(), name.name(), each.title()),
                                "let the default say nextval(%s::regclass), which finds it wherever it stands"
                                        .formatted(Sql.literal(Sql.qualified(route.from(), name.name())))));
            }
        }
    }

    /** Sequences that stay where defaults of moving tables find them by text. */
    List<UsedSequences.Staying> staying(MovingSet set, Attachments attachments) {
        Map<Named, Set<Route>> asked = new HashMap<>();
        defaults.forEach(each -> set.relation(each.relation()).ifPresent(table -> each.names().stream()
                .filter(name -> finds(name, table.route(), name.name()))
                .forEach(name -> asked.computeIfAbsent(
                                new Named(Optional.of(table.route().from()), name.name()), n -> new LinkedHashSet<>())
                        .add(table.route()))));
        if (asked.isEmpty()) {
            return List.of();
        }
        return session
                .query(
                        """
                        SELECT n.nspname, s.relname, pg_get_userbyid(s.relowner), s.oid
                        FROM unnest(?::text[], ?::text[]) AS w (schema, name)
                        JOIN pg_namespace n ON n.nspname = w.schema
                        JOIN pg_class s ON s.relnamespace = n.oid AND s.relname = w.name::name
                        WHERE s.relkind = 'S'
                        ORDER BY 1, 2
                        """,
                        row -> attachments.hasSequence(row.getLong(4)) || set.relation(row.getLong(4)).isPresent()
                                ? List.<UsedSequences.Staying>of()
                                : staying(asked, row),
                        asked.keySet().stream().map(n -> n.schema().orElseThrow()).toList(),
                        asked.keySet().stream().map(Named::name).toList())
                .stream()
                .flatMap(List::stream)
                .collect(Collectors.toList());
    }

    private static List<UsedSequences.Staying> staying(Map<Named, Set<Route>> asked, ResultSet row)
            throws SQLException {
        String name = row.getString(2);
        String owner = row.getString(3);
        return Objects.requireNonNull(asked.get(new Named(Optional.of(row.getString(1)), name))).stream()
                .map(route -> new UsedSequences.Staying(route, name, owner))
                .toList();
    }
}
