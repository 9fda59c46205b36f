package io.provision.postgres.isolation;

import io.provision.plan.PostgresResource;
import io.provision.postgres.Session;
import io.provision.postgres.Sql;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who may make things in {@code public}, which every search path ends in: a function planted there is called by others
 * (CVE-2018-1058).
 */
final class PublicSchemaQuery {

    private final Session session;
    private final Tenants tenants;
    private final Collection<Tenant> all;

    /**
     * @param asMade whether it is what every new database has before PostgreSQL 15
     * @param forMoves whether it is what the way back of a table into {@code public} needs
     */
    record Creator(Exposure exposure, boolean asMade, boolean forMoves) {}

    PublicSchemaQuery(Session session, Tenants tenants, Collection<Tenant> all) {
        this.session = session;
        this.tenants = tenants;
        this.all = all;
    }

    List<Creator> creators() {
        Set<String> movers = all.stream().filter(Tenant::leavesPublic).map(Tenant::role).collect(Collectors.toSet());
        return session.query(
                """
                SELECT coalesce(g.rolname, ?)::text, pg_get_userbyid(a.grantor)::text, a.grantor = n.nspowner,
                       a.grantee = 0 AND current_setting('server_version_num')::integer < 150000
                FROM pg_namespace n
                CROSS JOIN LATERAL aclexplode(n.nspacl) a
                LEFT JOIN pg_roles g ON g.oid = a.grantee
                WHERE n.nspname = 'public'
                  AND a.privilege_type = 'CREATE'
                  AND a.grantee <> n.nspowner
                  AND (a.grantee = 0 OR g.rolname::text IN (SELECT unnest(?::text[])))
                ORDER BY 1, 2
                """,
                row -> new Creator(
                        Exposure.ofAll(
                                row.getString(1),
                                "may create objects in the schema public, where others look for theirs",
                                Tenants.as(
                                        row.getString(2),
                                        row.getBoolean(3),
                                        "REVOKE CREATE ON SCHEMA public FROM " + Sql.grantee(row.getString(1)))),
                        row.getBoolean(4),
                        movers.contains(row.getString(1))),
                PostgresResource.PUBLIC,
                tenants.reach());
    }
}
