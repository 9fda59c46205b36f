package io.provision.postgres.rollback;

import io.provision.plan.MigrationResource.CompatView;
import io.provision.postgres.Session;
import io.provision.problem.Problem;
import java.util.Collection;
import java.util.List;

/** What of others' needs views that are to go, so that their tables can come back. */
final class NeededViewsQuery {

    private final Session session;

    NeededViewsQuery(Session session) {
        this.session = session;
    }

    List<Problem> refusals(Collection<CompatView> views) {
        if (views.isEmpty()) {
            return List.of();
        }
        return session.query(
                """
                SELECT DISTINCT n.nspname || '.' || c.relname,
                       coalesce(pg_describe_object(w.classid, w.objid, 0), 'object ' || w.objid)
                FROM unnest(?::text[], ?::text[]) AS v (schema, name)
                JOIN pg_namespace n ON n.nspname = v.schema
                JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = v.name AND c.relkind = 'v'
                JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = c.oid AND d.deptype = 'n'
                CROSS JOIN LATERAL (
                  SELECT coalesce(i.refclassid, d.classid) AS classid, coalesce(i.refobjid, d.objid) AS objid
                  FROM (SELECT) one
                  LEFT JOIN pg_depend i ON i.classid = d.classid AND i.objid = d.objid AND i.deptype = 'i'
                ) w
                WHERE (w.classid, w.objid) <> ('pg_class'::regclass::oid, c.oid)
                ORDER BY 1, 2
                """,
                row -> Problem.error("the view %s has to go before its table comes back, and the %s needs it"
                                .formatted(row.getString(1), row.getString(2)))
                        .remedy("drop that, or let it read from the table"),
                views.stream().map(CompatView::schema).toList(),
                views.stream().map(CompatView::name).toList());
    }
}
