package io.provision.postgres.rollback;

import io.provision.plan.SameTexts;
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
        SameTexts texts = new SameTexts();
        return session
                .queryInPortions(
                        """
                        SELECT n.nspname,
                               d.classid || ':' || d.objid,
                               coalesce(pg_describe_object(d.classid, d.objid, 0), 'object ' || d.objid),
                               coalesce(
                                 c.relname,
                                 y.typname,
                                 x.stxname,
                                 quote_ident(f.proname) || '(' || pg_get_function_identity_arguments(f.oid) || ')',
                                 ''),
                               (
                                 SELECT min(p.refclassid || ':' || p.refobjid)
                                 FROM pg_depend p
                                 WHERE p.classid = d.classid
                                   AND p.objid = d.objid
                                   AND p.deptype IN ('a', 'i', 'P', 'S')
                                   AND p.refclassid <> 'pg_namespace'::regclass
                               )
                        FROM unnest(?::text[]) AS w (schema)
                        JOIN pg_namespace n ON n.nspname = w.schema
                        JOIN pg_depend d ON d.refclassid = 'pg_namespace'::regclass AND d.refobjid = n.oid
                        LEFT JOIN pg_class c ON d.classid = 'pg_class'::regclass AND c.oid = d.objid
                        LEFT JOIN pg_proc f ON d.classid = 'pg_proc'::regclass AND f.oid = d.objid
                        LEFT JOIN pg_type y ON d.classid = 'pg_type'::regclass AND y.oid = d.objid
                        LEFT JOIN pg_statistic_ext x ON d.classid = 'pg_statistic_ext'::regclass AND x.oid = d.objid
                        WHERE d.deptype = 'n'
                        ORDER BY 1, d.classid, d.objid
                        """,
                        row -> Map.entry(
                                texts.one(row.getString(1)),
                                new Content(
                                        row.getString(2),
                                        row.getString(3),
                                        row.getString(4),
                                        Optional.ofNullable(row.getString(5)))),
                        schemas)
                .stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }
}
