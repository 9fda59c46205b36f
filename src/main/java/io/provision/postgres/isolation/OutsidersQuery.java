package io.provision.postgres.isolation;

import io.provision.postgres.Session;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Roles that are no instance's and no reader that the manifest names, and were granted something all the same. */
final class OutsidersQuery {

    private final Session session;
    private final Tenants tenants;
    private final Collection<Tenant> all;

    OutsidersQuery(Session session, Tenants tenants, Collection<Tenant> all) {
        this.session = session;
        this.tenants = tenants;
        this.all = all;
    }

    /** One sentence for each such role. */
    List<String> sentences() {
        List<String> schemas = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (Tenant tenant : all) {
            for (String schema : tenant.schemas()) {
                for (String reader : tenant.readers()) {
                    schemas.add(schema);
                    expected.add(reader);
                }
                schemas.add(schema);
                expected.add(tenant.owner());
            }
        }
        return session.query(
                "WITH " + Tenants.WANTED + ", " + Tenants.REACH
                        + """
                        , expected AS (
                          SELECT w.schema, r.oid
                          FROM unnest(?::text[], ?::text[]) AS w (schema, role)
                          JOIN pg_roles r ON r.rolname = w.role
                        ),
                        others AS (
                          SELECT w.schema, a.grantee, c.oid
                          FROM wanted w
                          JOIN pg_class c ON c.relnamespace = w.oid AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
                          CROSS JOIN LATERAL aclexplode(c.relacl) a
                          WHERE a.grantee NOT IN (0, c.relowner)
                          GROUP BY w.schema, a.grantee, c.oid
                        )
                        SELECT g.rolname, count(DISTINCT o.oid), array_agg(DISTINCT o.schema)
                        FROM others o
                        JOIN pg_roles g ON g.oid = o.grantee
                        WHERE NOT g.rolsuper
                          AND NOT EXISTS (
                            SELECT
                            FROM reach r
                            WHERE r.oid = g.oid
                          )
                          AND NOT EXISTS (
                            SELECT
                            FROM expected e
                            WHERE e.schema = o.schema
                              AND e.oid = o.grantee
                          )
                        GROUP BY g.rolname
                        ORDER BY 1
                        """,
                row -> ("%s, whom the manifest does not name, was granted something on %d of the tables and "
                                + "sequences of %s")
                        .formatted(
                                row.getString(1),
                                row.getInt(2),
                                String.join(", ", RolesQuery.texts(row.getArray(3)))),
                tenants.schemas(),
                tenants.roles(),
                tenants.reach(),
                schemas,
                expected);
    }
}
