package io.provision.postgres.isolation;

import io.provision.plan.ObjectKind;
import io.provision.plan.PostgresResource;
import io.provision.postgres.Session;
import io.provision.postgres.Sql;
import io.provision.postgres.isolation.Exposure.Door;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Who else gets something on what will be made in an instance's schema. That PUBLIC may execute new functions is
 * PostgreSQL's own default, and no way in.
 */
final class FutureAccessQuery {

    private final Session session;
    private final Tenants tenants;
    private final String admin;

    /** @param admin who makes things in every instance's schema, beside the instance's role */
    FutureAccessQuery(Session session, Tenants tenants, String admin) {
        this.session = session;
        this.tenants = tenants;
        this.admin = admin;
    }

    /**
     * Without a schema they hold for all that the creator makes, and are the instance's where that is its role or the
     * admin.
     */
    List<Exposure> exposures() {
        return session.query(
                "WITH " + Tenants.WANTED + ", " + Tenants.REACH + ", " + Tenants.EVERYBODY
                        + """
                        , instances AS (
                          SELECT w.oid, w.schema, w.role, c.oid AS creator
                          FROM wanted w
                          JOIN pg_roles c ON c.rolname = w.role
                        ),
                        -- Joins apart, as one with an OR would go through all of them for each schema.
                        defaults AS (
                          SELECT i.schema, i.role, d.*
                          FROM instances i
                          JOIN pg_default_acl d ON d.defaclnamespace = i.oid
                          UNION ALL
                          SELECT i.schema, i.role, d.*
                          FROM instances i
                          JOIN pg_default_acl d ON d.defaclnamespace = 0 AND d.defaclrole = i.creator
                          UNION ALL
                          SELECT i.schema, i.role, d.*
                          FROM pg_roles a
                          JOIN pg_default_acl d ON d.defaclnamespace = 0 AND d.defaclrole = a.oid
                          CROSS JOIN instances i
                          WHERE a.rolname = ?
                            AND i.creator <> a.oid
                        )
                        SELECT d.schema, d.defaclnamespace <> 0, pg_get_userbyid(d.defaclrole)::text,
                               d.defaclobjtype::text, g.name, array_agg(DISTINCT a.privilege_type),
                               a.privilege_type = 'SELECT'
                        FROM defaults d
                        CROSS JOIN LATERAL aclexplode(d.defaclacl) a
                        JOIN everybody g ON g.oid = a.grantee
                        WHERE d.defaclobjtype IN ('r', 'S', 'f')
                          AND g.name <> d.role
                          AND a.grantee <> d.defaclrole
                          AND (a.grantee <> 0 OR d.defaclobjtype <> 'f')
                        GROUP BY d.schema, d.defaclnamespace, d.defaclrole, d.defaclobjtype, g.name,
                                 a.privilege_type = 'SELECT'
                        ORDER BY 1, 2, 3, 4, 5, 7
                        """,
                this::exposure,
                tenants.schemas(),
                tenants.roles(),
                tenants.reach(),
                PostgresResource.PUBLIC,
                admin);
    }

    private Exposure exposure(ResultSet row) throws SQLException {
        String schema = row.getString(1);
        String creator = row.getString(3);
        String objects = ObjectKind.ofCatalogLetter(row.getString(4).charAt(0)).plural();
        List<String> privileges = RolesQuery.texts(row.getArray(6));
        return new Exposure(
                row.getString(5),
                Optional.of(tenants.of(schema)),
                schema,
                "will be granted %s on the %s that %s makes in %s".formatted(
                        String.join(", ", privileges), objects.toLowerCase(Locale.ROOT), creator, schema),
                List.of("ALTER DEFAULT PRIVILEGES FOR ROLE %s%s REVOKE %s ON %s FROM %s;".formatted(
                        Sql.identifier(creator),
                        row.getBoolean(2) ? " IN SCHEMA " + Sql.identifier(schema) : "",
                        String.join(", ", privileges),
                        objects,
                        Sql.grantee(row.getString(5)))),
                row.getBoolean(7),
                Door.BESIDE);
    }
}
