package io.provision.postgres.isolation;

import io.provision.postgres.Session;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Tables that an instance or a reader of its has the right to read, and of which row security shows it no row. */
final class HiddenRowsQuery {

    private final Session session;
    private final Collection<Tenant> all;

    HiddenRowsQuery(Session session, Collection<Tenant> all) {
        this.session = session;
        this.all = all;
    }

    /** One sentence for each schema and role. */
    List<String> sentences() {
        List<String> schemas = new ArrayList<>();
        List<String> roles = new ArrayList<>();
        for (Tenant tenant : all) {
            Set<String> reading = new LinkedHashSet<>(List.of(tenant.role()));
            reading.addAll(tenant.readers());
            tenant.schemas().forEach(schema -> reading.forEach(role -> {
                schemas.add(schema);
                roles.add(role);
            }));
        }
        return session.query(
                """
                WITH secured AS (
                  SELECT n.nspname::text AS schema, c.oid, c.relname::text AS name, c.relowner AS owner,
                         c.relforcerowsecurity AS forced
                  FROM pg_class c
                  JOIN pg_namespace n ON n.oid = c.relnamespace
                  WHERE c.relrowsecurity
                )
                SELECT s.schema, r.rolname::text, array_agg(s.name ORDER BY s.name)
                FROM unnest(?::text[], ?::text[]) AS w (schema, role)
                JOIN secured s ON s.schema = w.schema
                JOIN pg_roles r ON r.rolname = w.role
                WHERE NOT r.rolsuper
                  AND NOT r.rolbypassrls
                  AND (s.forced OR NOT pg_has_role(r.oid, s.owner, 'USAGE'))
                  AND has_any_column_privilege(r.oid, s.oid, 'SELECT')
                  AND NOT EXISTS (
                    SELECT
                    FROM pg_policy p
                    CROSS JOIN LATERAL unnest(p.polroles) AS whose (role)
                    WHERE p.polrelid = s.oid
                      AND p.polpermissive
                      AND p.polcmd IN ('r', '*')
                      AND CASE WHEN whose.role = 0 THEN TRUE ELSE pg_has_role(r.oid, whose.role, 'USAGE') END
                  )
                GROUP BY s.schema, r.rolname
                ORDER BY 1, 2
                """,
                row -> ("%2$s may read %3$s of %1$s, and sees no row there: row security is on, and no policy is for "
                                + "%2$s (CREATE POLICY)")
                        .formatted(
                                row.getString(1),
                                row.getString(2),
                                String.join(", ", RolesQuery.texts(row.getArray(3)))),
                schemas,
                roles);
    }
}
