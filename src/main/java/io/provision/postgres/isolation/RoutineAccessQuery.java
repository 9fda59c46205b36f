package io.provision.postgres.isolation;

import io.provision.plan.PostgresResource;
import io.provision.postgres.Session;
import io.provision.postgres.Sql;
import io.provision.postgres.isolation.Exposure.Door;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Functions and procedures: those in an instance's schema that others may execute, and those elsewhere that run with an
 * instance's rights. PUBLIC may execute everything unless that was taken away; without a way into the schema it is no
 * use to anybody.
 */
final class RoutineAccessQuery {

    private final Session session;
    private final Tenants tenants;

    RoutineAccessQuery(Session session, Tenants tenants) {
        this.session = session;
        this.tenants = tenants;
    }

    /** @param opened the schemas that somebody else can use */
    List<Exposure> inside(List<String> opened) {
        return session.query(
                "WITH " + Tenants.WANTED + ", " + Tenants.REACH
                        + """
                        , routines AS (
                          SELECT w.schema, w.role, w.schema IN (SELECT unnest(?::text[])) AS open,
                                 f.oid, f.proname::text AS name,
                                 f.proowner AS owner, coalesce(f.proacl, acldefault('f', f.proowner)) AS acl,
                                 pg_get_function_identity_arguments(f.oid) AS arguments
                          FROM wanted w
                          JOIN pg_proc f ON f.pronamespace = w.oid
                        )
                        SELECT r.schema, r.name, r.arguments, coalesce(g.name, ?), pg_get_userbyid(a.grantor)::text,
                               a.grantor = r.owner, FALSE
                        FROM routines r
                        CROSS JOIN LATERAL aclexplode(r.acl) a
                        LEFT JOIN reach g ON g.oid = a.grantee
                        WHERE r.open
                          AND (a.grantee = 0 OR g.name <> r.role)
                          AND a.grantee <> r.owner
                        UNION ALL
                        SELECT r.schema, r.name, r.arguments, g.name, g.name, TRUE, TRUE
                        FROM routines r
                        JOIN reach g ON g.oid = r.owner
                        WHERE g.name <> r.role
                        ORDER BY 1, 2, 3, 4
                        """,
                this::insider,
                tenants.schemas(),
                tenants.roles(),
                tenants.reach(),
                opened,
                PostgresResource.PUBLIC);
    }

    private Exposure insider(ResultSet row) throws SQLException {
        String schema = row.getString(1);
        String grantee = row.getString(4);
        Tenant tenant = tenants.of(schema);
        String shown = "the function %s.%s(%s)".formatted(schema, row.getString(2), row.getString(3));
        String routine = "ROUTINE %s(%s)".formatted(Sql.qualified(schema, row.getString(2)), row.getString(3));
        return row.getBoolean(7)
                ? owned(grantee, tenant, schema, shown, routine)
                : new Exposure(
                        grantee,
                        Optional.of(tenant),
                        schema,
                        "was granted EXECUTE on " + shown,
                        List.of(revoked(grantee, row.getString(5), row.getBoolean(6), routine)),
                        false,
                        Door.BEHIND);
    }

    /** Its owner can write anything into it, and it waits in the schema for its users. */
    private static Exposure owned(String owner, Tenant tenant, String schema, String shown, String routine) {
        return Exposure.of(
                owner,
                tenant,
                schema,
                "owns " + shown,
                "ALTER %s OWNER TO %s;".formatted(routine, Sql.identifier(tenant.owner())));
    }

    private static String revoked(String grantee, String grantor, boolean byOwner, String routine) {
        return Tenants.as(
                grantor, byOwner, "REVOKE EXECUTE ON %s FROM %s".formatted(routine, Sql.grantee(grantee)));
    }

    /**
     * SECURITY DEFINER functions that an instance's role owns, which somebody else can find and execute: outside its
     * own schemas, or by no more than the right to read those. Where PUBLIC may execute it in a schema that only some
     * can use, they are the ones who can.
     */
    List<Exposure> definers() {
        return definersAnywhere().stream().filter(Definer::isTold).map(Definer::exposure).toList();
    }

    /** @param outside whether it is in none of the schemas of the instance whose role owns it */
    private record Definer(Exposure exposure, boolean outside) {

        /** What others may do in an instance's own schema {@link RoutineAccessQuery#inside} tells, but of readers. */
        boolean isTold() {
            return outside || exposure.to().orElseThrow().readers().contains(exposure.grantee());
        }
    }

    private List<Definer> definersAnywhere() {
        return session.query(
                "WITH " + Tenants.REACH + ", " + Tenants.EVERYBODY
                        + """
                        , tenants AS (
                          SELECT r.oid, w.role, array_agg(w.schema) AS schemas
                          FROM unnest(?::text[], ?::text[]) AS w (schema, role)
                          JOIN pg_roles r ON r.rolname = w.role
                          GROUP BY r.oid, w.role
                        ),
                        definers AS (
                          SELECT n.nspname <> ALL (t.schemas) AS outside, t.schemas[1] AS of_owner,
                                 n.nspname::text AS schema, f.proname::text AS name, f.proowner AS owner,
                                 coalesce(f.proacl, acldefault('f', f.proowner)) AS acl,
                                 coalesce(n.nspacl, acldefault('n', n.nspowner)) AS door,
                                 pg_get_function_identity_arguments(f.oid) AS arguments
                          FROM tenants t
                          JOIN pg_proc f ON f.proowner = t.oid
                          JOIN pg_namespace n ON n.oid = f.pronamespace
                          WHERE f.prosecdef
                            AND n.nspname !~ '^pg_'
                        )
                        SELECT DISTINCT CASE WHEN d.outside THEN d.of_owner ELSE d.schema END,
                               d.schema, d.name, d.arguments,
                               CASE WHEN a.grantee = 0 THEN door.name ELSE g.name END,
                               g.name, pg_get_userbyid(a.grantor)::text, a.grantor = d.owner, d.outside
                        FROM definers d
                        CROSS JOIN LATERAL aclexplode(d.acl) a
                        JOIN everybody g ON g.oid = a.grantee
                        CROSS JOIN LATERAL aclexplode(d.door) u
                        JOIN everybody door ON door.oid = u.grantee
                        WHERE u.privilege_type = 'USAGE'
                          AND a.grantee <> d.owner
                          AND (a.grantee = 0 OR d.outside AND u.grantee IN (0, a.grantee))
                          AND u.grantee <> d.owner
                          -- Where everybody can find it, nobody need be named.
                          AND (a.grantee <> 0 OR u.grantee = 0 OR NOT has_schema_privilege('public', d.schema, 'USAGE'))
                        ORDER BY 1, 2, 3, 4, 5
                        """,
                row -> new Definer(definer(row), row.getBoolean(9)),
                tenants.reach(),
                PostgresResource.PUBLIC,
                tenants.schemas(),
                tenants.roles());
    }

    private Exposure definer(ResultSet row) throws SQLException {
        String ofOwner = row.getString(1);
        String schema = row.getString(2);
        String name = row.getString(3);
        String arguments = row.getString(4);
        return Exposure.of(
                row.getString(5),
                tenants.of(ofOwner),
                ofOwner,
                "may execute the function %s.%s(%s), which is SECURITY DEFINER and runs as %s".formatted(
                        schema, name, arguments, tenants.of(ofOwner).role()),
                revoked(
                        row.getString(6),
                        row.getString(7),
                        row.getBoolean(8),
                        "ROUTINE %s(%s)".formatted(Sql.qualified(schema, name), arguments)));
    }
}
