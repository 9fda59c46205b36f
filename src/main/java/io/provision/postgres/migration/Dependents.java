package io.provision.postgres.migration;

import io.provision.postgres.Session;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What stands on a relation that moves, or on its row type. All of it finds the relation by OID, and goes on working
 * but for views that lose their rights; a kind of object of which that is not known forbids the move.
 */
final class Dependents {

    private record Dependent(Moving relation, String kind, String title) {}

    private final Session session;
    private final Findings findings;

    Dependents(Session session, Findings findings) {
        this.session = session;
        this.findings = findings;
    }

    /** @param failing views that do not go on working, as the server describes them */
    void tell(MovingSet set, Set<String> failing) {
        Map<Route, TreeSet<String>> staying = new LinkedHashMap<>();
        for (Dependent dependent : of(set)) {
            Route route = dependent.relation().route();
            if (failing.contains(dependent.title())) {
                continue;
            }
            if (dependent.kind().equals("known")) {
                staying.computeIfAbsent(route, t -> new TreeSet<>()).add(dependent.title());
            } else {
                findings.refuse(
                        route,
                        "%s is used by %s, and it is not known what moving it does to that (%s)".formatted(
                                dependent.relation().source(), dependent.title(), dependent.kind()),
                        "take %s out of `migrate.tables`, or drop what uses it first".formatted(
                                dependent.relation().name()));
            }
        }
        staying.forEach((route, titles) -> findings.note(
                route,
                "%s %s and %s working: what moves is found by its OID".formatted(
                        Findings.some(titles),
                        titles.size() == 1 ? "stays" : "stay",
                        titles.size() == 1 ? "goes on" : "go on")));
    }

    private Iterable<Dependent> of(MovingSet set) {
        return session.query(
                "WITH " + MovingSet.RELATIONS
                        + """
                        , parts AS (
                          SELECT m.oid AS relation, 'pg_class'::regclass AS class, m.oid
                          FROM moving m
                          UNION ALL
                          SELECT m.oid, 'pg_type'::regclass, y.oid
                          FROM moving m
                          JOIN pg_class c ON c.oid = m.oid
                          JOIN pg_type r ON r.oid = c.reltype
                          JOIN pg_type y ON y.oid IN (r.oid, r.typarray)
                        ),
                        dependents AS (
                          SELECT p.relation, d.classid, d.objid,
                                 CASE
                                   WHEN d.classid = 'pg_rewrite'::regclass THEN 'known'
                                   WHEN d.classid = 'pg_proc'::regclass THEN 'known'
                                   WHEN c.relkind IN ('r', 'p', 'f', 'v', 'm', 'S', 'i', 'I', 'c', 't') THEN 'attached'
                                   WHEN d.classid IN (
                                     'pg_attrdef'::regclass, 'pg_constraint'::regclass, 'pg_trigger'::regclass,
                                     'pg_policy'::regclass, 'pg_statistic_ext'::regclass, 'pg_type'::regclass,
                                     'pg_publication_rel'::regclass) THEN 'attached'
                                   ELSE d.classid::regclass::text
                                 END AS kind,
                                 CASE
                                   WHEN d.classid = 'pg_rewrite'::regclass AND v.relkind IN ('v', 'm') THEN v.oid
                                 END AS view
                          FROM parts p
                          JOIN pg_depend d ON d.refclassid = p.class AND d.refobjid = p.oid
                          LEFT JOIN pg_class c ON d.classid = 'pg_class'::regclass AND c.oid = d.objid
                          LEFT JOIN pg_rewrite w ON d.classid = 'pg_rewrite'::regclass AND w.oid = d.objid
                          LEFT JOIN pg_class v ON v.oid = w.ev_class
                          WHERE v.oid IS NULL OR v.oid NOT IN (SELECT oid FROM moving)
                        )
                        SELECT DISTINCT d.relation, d.kind,
                               CASE
                                 WHEN d.view IS NULL THEN pg_describe_object(d.classid, d.objid, 0)
                                 ELSE pg_describe_object('pg_class'::regclass, d.view, 0)
                               END
                        FROM dependents d
                        WHERE d.kind <> 'attached'
                        ORDER BY 2, 3, 1
                        """,
                row -> new Dependent(
                        set.relation(row.getLong(1)).orElseThrow(), row.getString(2), row.getString(3)),
                set.oids(),
                set.routes(),
                set.sources());
    }
}
