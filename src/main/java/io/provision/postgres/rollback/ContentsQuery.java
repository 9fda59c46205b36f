package io.provision.postgres.rollback;

import io.provision.plan.rollback.Standing.Content;
import io.provision.postgres.Session;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What stands in schemas, of whatever kind: {@code pg_depend} has all that a schema cannot be dropped with. */
final class ContentsQuery {

    private final Session session;

    ContentsQuery(Session session) {
        this.session = session;
    }

    Map<String, List<Content>> of(Collection<String> schemas) {
        if (schemas.isEmpty()) {
            return Map.of();
        }
        return session
                .query(
                        """
                        SELECT n.nspname,
                               d.classid || ':' || d.objid,
                               coalesce(pg_describe_object(d.classid, d.objid, 0), 'object ' || d.objid),
                               CASE d.classid
                                 WHEN 'pg_class'::regclass
                                   THEN (SELECT c.relname FROM pg_class c WHERE c.oid = d.objid)
                                 WHEN 'pg_proc'::regclass
                                   THEN (SELECT quote_ident(f.proname) || '('
                                                || pg_get_function_identity_arguments(f.oid) || ')'
                                         FROM pg_proc f WHERE f.oid = d.objid)
                                 WHEN 'pg_type'::regclass
                                   THEN (SELECT y.typname FROM pg_type y WHERE y.oid = d.objid)
                                 WHEN 'pg_statistic_ext'::regclass
                                   THEN (SELECT x.stxname FROM pg_statistic_ext x WHERE x.oid = d.objid)
                               END,
                               (SELECT min(p.refclassid || ':' || p.refobjid)
                                FROM pg_depend p
                                WHERE p.classid = d.classid
                                  AND p.objid = d.objid
                                  AND p.deptype IN ('a', 'i', 'P', 'S')
                                  AND p.refclassid <> 'pg_namespace'::regclass)
                        FROM pg_namespace n
                        JOIN pg_depend d ON d.refclassid = 'pg_namespace'::regclass AND d.refobjid = n.oid
                        WHERE n.nspname = ANY (?)
                          AND d.deptype = 'n'
                        ORDER BY 1, d.classid, d.objid
                        """,
                        row -> Map.entry(
                                row.getString(1),
                                new Content(
                                        row.getString(2),
                                        row.getString(3),
                                        Optional.ofNullable(row.getString(4)).orElse(""),
                                        Optional.ofNullable(row.getString(5)))),
                        schemas)
                .stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }
}
