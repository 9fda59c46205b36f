package io.provision.postgres.isolation;

import io.provision.plan.PostgresResource;
import io.provision.postgres.Session;
import io.provision.postgres.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * Relations elsewhere through which an instance's tables can be seen: views, which read with their owner's rights, and
 * parents in an inheritance or partition tree, whose readers need no right on the children.
 */
final class IndirectAccessQuery {

    private final Session session;
    private final Tenants tenants;

    IndirectAccessQuery(Session session, Tenants tenants) {
        this.session = session;
        this.tenants = tenants;
    }

    /**
     * A view shows what its owner may read of what is in it: a table, or another view that shows one. A view with
     * {@code security_invoker} (15 and later) shows nothing that its user could not see without it, also through other
     * views; but a materialized view is filled by its owner, and what it holds it shows whatever that one may read by
     * now.
     */
    List<Exposure> exposures() {
        return session.query(
                "WITH RECURSIVE " + Tenants.WANTED + ", " + Tenants.REACH
                        + """
                        , tables AS (
                          SELECT w.schema, w.role, c.oid, c.relname::text AS name
                          FROM wanted w
                          JOIN pg_class c ON c.relnamespace = w.oid
                          WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
                        ),
                        seen AS (
                          SELECT t.oid AS relation, t.oid AS seen, t.schema, t.role, t.name, FALSE AS as_invoker
                          FROM tables t
                          UNION
                          SELECT v.oid, s.seen, s.schema, s.role, s.name,
                                 v.relkind <> 'm' AND (s.as_invoker OR i.as_invoker)
                          FROM seen s
                          JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = s.relation
                          JOIN pg_rewrite w ON d.classid = 'pg_rewrite'::regclass AND w.oid = d.objid
                           AND w.ev_class <> s.relation
                          JOIN pg_class v ON v.oid = w.ev_class
                          CROSS JOIN LATERAL (
                            SELECT EXISTS (
                              SELECT
                              FROM pg_options_to_table(v.reloptions) o
                              WHERE o.option_name = 'security_invoker'
                                AND o.option_value IN ('true', 'on', 'yes', '1')
                            ) AS as_invoker
                          ) i
                          WHERE v.relkind = 'm'
                             OR i.as_invoker
                             OR has_any_column_privilege(v.relowner, s.relation, 'SELECT')
                        ),
                        windows AS (
                          SELECT s.schema, s.role, s.name AS seen, s.relation AS oid, FALSE AS parent, FALSE AS attached
                          FROM seen s
                          WHERE s.relation <> s.seen
                            AND NOT s.as_invoker
                          UNION ALL
                          SELECT t.schema, t.role, t.name, i.inhparent, TRUE, c.relispartition
                          FROM tables t
                          JOIN pg_inherits i ON i.inhrelid = t.oid
                          JOIN pg_class c ON c.oid = t.oid
                        ),
                        grants AS (
                          SELECT w.*, v.relowner, a.grantee, a.grantor,
                                 array_agg(DISTINCT a.privilege_type) AS privileges
                          FROM windows w
                          JOIN pg_class v ON v.oid = w.oid
                          CROSS JOIN LATERAL aclexplode(v.relacl) a
                          WHERE a.grantee <> v.relowner
                          GROUP BY w.schema, w.role, w.seen, w.oid, w.parent, w.attached, v.relowner,
                                   a.grantee, a.grantor
                          UNION ALL
                          SELECT w.*, v.relowner, v.relowner, v.relowner, NULL
                          FROM windows w
                          JOIN pg_class v ON v.oid = w.oid
                          WHERE w.parent
                        )
                        SELECT g.schema, g.seen, n.nspname::text, v.relname::text, g.parent, g.attached,
                               coalesce(r.name, ?), pg_get_userbyid(g.grantor)::text, g.grantor = g.relowner,
                               g.privileges
                        FROM grants g
                        JOIN pg_class v ON v.oid = g.oid
                        JOIN pg_namespace n ON n.oid = v.relnamespace
                        LEFT JOIN reach r ON r.oid = g.grantee
                        WHERE (g.grantee = 0 OR r.name <> g.role)
                          AND NOT EXISTS (
                            SELECT
                            FROM wanted w
                            WHERE w.oid = v.relnamespace
                              AND w.role = g.role
                          )
                        ORDER BY 1, 2, 3, 4, 7, 8
                        """,
                this::exposure,
                tenants.schemas(),
                tenants.roles(),
                tenants.reach(),
                PostgresResource.PUBLIC);
    }

    private Exposure exposure(ResultSet row) throws SQLException {
        String schema = row.getString(1);
        String window = row.getString(3) + "." + row.getString(4);
        String what = row.getBoolean(5)
                ? "the table %s, of which %s.%s is a part".formatted(window, schema, row.getString(2))
                : "the view %s, which shows %s.%s".formatted(window, schema, row.getString(2));
        List<String> privileges = RolesQuery.texts(row.getArray(10));
        // Inside an instance's own schema only that instance finds what PUBLIC may do.
        Tenant host = tenants.of(row.getString(3));
        String grantee = row.getString(7).equals(PostgresResource.PUBLIC) && host != null
                ? host.role()
                : row.getString(7);
        return Exposure.of(
                grantee,
                tenants.of(schema),
                schema,
                privileges.isEmpty()
                        ? "owns " + what
                        : "was granted %s on %s".formatted(String.join(", ", privileges), what),
                privileges.isEmpty()
                        ? detached(row)
                        : Tenants.as(
                                row.getString(8),
                                row.getBoolean(9),
                                "REVOKE %s ON TABLE %s FROM %s".formatted(
                                        String.join(", ", privileges),
                                        Sql.qualified(row.getString(3), row.getString(4)),
                                        Sql.grantee(row.getString(7)))));
    }

    private static String detached(ResultSet row) throws SQLException {
        String parent = Sql.qualified(row.getString(3), row.getString(4));
        String child = Sql.qualified(row.getString(1), row.getString(2));
        return row.getBoolean(6)
                ? "ALTER TABLE %s DETACH PARTITION %s;".formatted(parent, child)
                : "ALTER TABLE %s NO INHERIT %s;".formatted(child, parent);
    }
}
