package io.provision.postgres.isolation;

import io.provision.plan.PostgresResource;
import io.provision.postgres.Session;
import io.provision.problem.ShortList;
import java.util.List;

/**
 * SECURITY DEFINER functions that an instance can execute, and that run as somebody who is no instance and may look
 * into one all the same: a superuser, a reader, the provisioning login. What they show, their bodies alone know.
 */
final class OthersDefinersQuery {

    private final Session session;
    private final Tenants tenants;

    OthersDefinersQuery(Session session, Tenants tenants) {
        this.session = session;
        this.tenants = tenants;
    }

    /** One sentence for each role that they run as. */
    List<String> sentences() {
        return session.query(
                "WITH " + Tenants.WANTED + ", " + Tenants.REACH + ", " + Tenants.EVERYBODY
                        + """
                        , definers AS (
                          SELECT f.oid, o.rolname::text AS owner, f.proowner, n.oid AS schema,
                                 format('%I.%I(%s)', n.nspname, f.proname, pg_get_function_identity_arguments(f.oid))
                                   AS title,
                                 coalesce(f.proacl, acldefault('f', f.proowner)) AS acl,
                                 coalesce(n.nspacl, acldefault('n', n.nspowner)) AS door
                          FROM pg_proc f
                          JOIN pg_namespace n ON n.oid = f.pronamespace
                          JOIN pg_roles o ON o.oid = f.proowner
                          WHERE f.prosecdef
                            AND f.prorettype NOT IN ('trigger'::regtype, 'event_trigger'::regtype)
                            AND n.nspname !~ '^(pg_|information_schema$)'
                            AND o.rolname::text NOT IN (SELECT unnest(?::text[]))
                            AND (o.rolsuper OR EXISTS (
                              SELECT
                              FROM wanted w
                              WHERE has_schema_privilege(o.oid, w.oid, 'USAGE')
                            ))
                            AND NOT EXISTS (
                              SELECT
                              FROM pg_depend d
                              WHERE d.classid = 'pg_proc'::regclass
                                AND d.objid = f.oid
                                AND d.deptype = 'e'
                            )
                        )
                        SELECT d.owner, array_agg(DISTINCT d.title ORDER BY d.title),
                               array_agg(DISTINCT e.name ORDER BY e.name)
                        FROM definers d
                        CROSS JOIN LATERAL aclexplode(d.acl) a
                        JOIN everybody e ON e.oid = a.grantee
                        WHERE a.grantee <> d.proowner
                          AND EXISTS (
                            SELECT
                            FROM aclexplode(d.door) u
                            JOIN everybody way ON way.oid = u.grantee
                            WHERE u.privilege_type = 'USAGE'
                          )
                        GROUP BY d.owner
                        ORDER BY 1
                        """,
                row -> sentence(
                        row.getString(1), RolesQuery.texts(row.getArray(2)), RolesQuery.texts(row.getArray(3))),
                tenants.schemas(),
                tenants.roles(),
                tenants.reach(),
                PostgresResource.PUBLIC,
                tenants.roles());
    }

    private static String sentence(String owner, List<String> functions, List<String> grantees) {
        String whom = grantees.contains(PostgresResource.PUBLIC) ? "PUBLIC" : ShortList.of(grantees);
        return ("%s may execute %s, SECURITY DEFINER as %s, who may look into instances: what that shows of them is not"
                        + " proved; look into it, or REVOKE EXECUTE")
                .formatted(whom, ShortList.of(functions), owner);
    }
}
