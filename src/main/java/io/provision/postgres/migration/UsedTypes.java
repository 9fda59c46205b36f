package io.provision.postgres.migration;

import io.provision.plan.Movable;
import io.provision.postgres.LoginFacts;
import io.provision.postgres.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Enums, domains, composites and ranges that columns of moving tables are of: they are found by OID wherever they
 * stand. One that nothing else uses moves along.
 */
final class UsedTypes {

    /**
     * @param kind {@code pg_type.typtype}
     * @param holders types that are made of it
     * @param stays why it stays, as far as the catalogs tell: what else uses it does not move with it
     */
    private record Used(
            Route route, long oid, String name, char kind, String owner, Set<Long> holders, Optional<String> stays) {

        String key() {
            return key(route, oid);
        }

        static String key(Route route, long oid) {
            return route.number() + ":" + oid;
        }
    }

    private final Session session;
    private final LoginFacts facts;
    private final Findings findings;

    UsedTypes(Session session, LoginFacts facts, Findings findings) {
        this.session = session;
        this.facts = facts;
        this.findings = findings;
    }

    /** Adds to the set what moves along. */
    void join(MovingSet set) {
        Map<String, Used> used = new LinkedHashMap<>();
        used(set).forEach(type -> used.put(type.key(), type));
        Map<String, String> reasons = staying(used);
        used.forEach((key, type) -> Optional.ofNullable(reasons.get(key))
                .ifPresentOrElse(
                        reason -> findings.note(
                                type.route(),
                                "the type %s.%s stays where it is, and is still found there: %s".formatted(
                                        type.route().from(), type.name(), reason)),
                        () -> set.add(new Moving(
                                type.route(),
                                type.kind() == 'd' ? Movable.DOMAIN : Movable.TYPE,
                                type.oid(),
                                type.name(),
                                type.owner(),
                                type.kind() == 'r'))));
        List<Used> ranges = used.values().stream()
                .filter(type -> type.kind() == 'r' && !reasons.containsKey(type.key()))
                .toList();
        if (!ranges.isEmpty()) {
            partsOf(ranges).forEach(set::add);
        }
    }

    private Map<String, String> staying(Map<String, Used> used) {
        Set<Long> ranges = used.values().stream()
                .filter(type -> type.kind() == 'r')
                .map(Used::oid)
                .collect(Collectors.toSet());
        Map<String, String> reasons = new LinkedHashMap<>();
        used.forEach((key, type) -> {
            type.stays().ifPresent(reason -> reasons.put(key, reason));
            if (type.kind() == 'r' && !facts.login().superuser()) {
                // Not of the type's owner: nobody else may move them.
                reasons.putIfAbsent(key, "its constructors belong to the server's first superuser");
            }
            if (type.kind() != 'r' && type.holders().stream().anyMatch(ranges::contains)) {
                reasons.putIfAbsent(key, "a range is made of it");
            }
        });
        boolean more = true;
        while (more) {
            more = false;
            for (Used type : used.values()) {
                Optional<Long> stays = type.holders().stream()
                        .filter(holder -> !used.containsKey(Used.key(type.route(), holder))
                                || reasons.containsKey(Used.key(type.route(), holder)))
                        .findFirst();
                more |= stays.isPresent() && reasons.putIfAbsent(type.key(), "a type that stays is made of it") == null;
            }
        }
        return reasons;
    }

    private List<Used> used(MovingSet set) {
        return session.query(
                "WITH RECURSIVE " + MovingSet.RELATIONS
                        + """
                        , used (route, source, oid) AS (
                          SELECT m.route, m.source, d.refobjid
                          FROM moving m
                          JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = m.oid AND d.objsubid > 0
                           AND d.refclassid = 'pg_type'::regclass
                          UNION
                          SELECT u.route, u.source, part.oid
                          FROM used u
                          JOIN pg_type y ON y.oid = u.oid
                          CROSS JOIN LATERAL (
                            SELECT y.typelem AS oid
                            UNION ALL
                            SELECT y.typbasetype
                            UNION ALL
                            SELECT r.rngsubtype
                            FROM pg_range r
                            WHERE r.rngtypid = y.oid
                            UNION ALL
                            SELECT d.refobjid
                            FROM pg_depend d
                            WHERE d.classid = 'pg_type'::regclass
                              AND d.objid = y.oid
                              AND d.refclassid = 'pg_type'::regclass
                              AND d.deptype = 'i'
                            UNION ALL
                            SELECT a.atttypid
                            FROM pg_class c
                            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
                            WHERE c.oid = y.typrelid
                              AND c.relkind = 'c'
                          ) part
                          WHERE part.oid <> 0
                        ),
                        candidate AS (
                          SELECT u.route, y.*,
                                 EXISTS (
                                   SELECT
                                   FROM pg_depend e
                                   WHERE e.classid = 'pg_type'::regclass
                                     AND e.objid = y.oid
                                     AND e.deptype = 'e'
                                 ) AS extended
                          FROM used u
                          JOIN pg_type y ON y.oid = u.oid AND y.typnamespace = u.source
                          LEFT JOIN pg_class c ON c.oid = y.typrelid
                          WHERE y.typtype IN ('e', 'd', 'c', 'r', 'b')
                            AND coalesce(c.relkind, 'c') = 'c'
                            AND y.typcategory <> 'A'
                        ),
                        """ + TypeUses.OF_CANDIDATES
                        + """
                        , outsiders AS (
                          SELECT c.route, h.used, min(pg_describe_object(h.classid, h.objid, h.objsubid)) AS title
                          FROM candidate c
                          JOIN holders h ON h.used = c.oid
                          LEFT JOIN moving m ON m.oid = h.relation AND m.route = c.route
                          WHERE h.type IS NULL
                            AND m.oid IS NULL
                          GROUP BY c.route, h.used
                        ),
                        types AS (
                          SELECT used, array_agg(DISTINCT type::text) AS holders
                          FROM holders
                          WHERE type <> used
                          GROUP BY used
                        )
                        SELECT c.route, c.oid, c.typname, c.typtype, pg_get_userbyid(c.typowner),
                               coalesce(t.holders, '{}'),
                               CASE
                                 WHEN c.extended THEN 'it belongs to an extension'
                                 WHEN c.typtype = 'b' THEN 'it is a base type'
                                 ELSE o.title || ' uses it, too'
                               END
                        FROM candidate c
                        LEFT JOIN types t ON t.used = c.oid
                        LEFT JOIN outsiders o ON o.used = c.oid AND o.route = c.route
                        ORDER BY c.route, c.typname
                        """,
                row -> used(set, row),
                set.oids(),
                set.routes(),
                set.sources());
    }

    private static Used used(MovingSet set, ResultSet row) throws SQLException {
        return new Used(
                set.route(row.getInt(1)),
                row.getLong(2),
                row.getString(3),
                row.getString(4).charAt(0),
                row.getString(5),
                Arrays.stream((String[]) row.getArray(6).getArray())
                        .map(Long::valueOf)
                        .collect(Collectors.toCollection(HashSet::new)),
                Optional.ofNullable(row.getString(7)));
    }

    /** The multirange and the constructors, which ALTER TYPE on the range leaves where they are. */
    private List<Moving> partsOf(List<Used> ranges) {
        return session.query(
                """
                WITH range AS (
                  SELECT r.oid, r.place
                  FROM unnest(?::oid[]) WITH ORDINALITY AS r (oid, place)
                ),
                types AS (
                  SELECT r.place, r.oid
                  FROM range r
                  UNION ALL
                  SELECT r.place, y.oid
                  FROM range r
                  JOIN pg_depend d ON d.refclassid = 'pg_type'::regclass AND d.refobjid = r.oid
                   AND d.classid = 'pg_type'::regclass AND d.deptype = 'i'
                  JOIN pg_type y ON y.oid = d.objid AND y.typtype = 'm'
                )
                SELECT t.place, 'TYPE', y.oid, y.typname, pg_get_userbyid(y.typowner)
                FROM types t
                JOIN pg_type y ON y.oid = t.oid
                WHERE y.typtype = 'm'
                UNION ALL
                SELECT t.place, 'FUNCTION', p.oid,
                       quote_ident(p.proname) || '(' || pg_get_function_identity_arguments(p.oid) || ')',
                       pg_get_userbyid(p.proowner)
                FROM types t
                JOIN pg_depend d ON d.refclassid = 'pg_type'::regclass AND d.refobjid = t.oid
                 AND d.classid = 'pg_proc'::regclass AND d.deptype = 'i'
                JOIN pg_proc p ON p.oid = d.objid
                ORDER BY 1, 2, 4
                """,
                row -> new Moving(
                        ranges.get(row.getInt(1) - 1).route(),
                        Movable.valueOf(row.getString(2)),
                        row.getLong(3),
                        row.getString(4),
                        row.getString(5),
                        true),
                ranges.stream().map(type -> Long.toString(type.oid())).toList());
    }
}
