package io.provision.postgres.isolation;

import io.provision.postgres.Sql;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The instances by schema, and the roles that one of them can act as: what every query of this package asks with. */
final class Tenants {

    /** The instances' schemas that stand, as a CTE; bound to {@link #schemas} and {@link #roles}. */
    static final String WANTED =
            """
            wanted AS (
              SELECT n.oid, w.schema, w.role
              FROM unnest(?::text[], ?::text[]) AS w (schema, role)
              JOIN pg_namespace n ON n.nspname = w.schema
            )
            """;

    /** The roles that stand, as a CTE; bound to {@link #reach}. */
    static final String REACH =
            """
            reach AS (
              SELECT r.oid, r.rolname::text AS name
              FROM unnest(?::text[]) AS w (name)
              JOIN pg_roles r ON r.rolname = w.name
            )
            """;

    /** These and PUBLIC, as a CTE behind {@link #REACH}; bound to PUBLIC's name. */
    static final String EVERYBODY =
            """
            everybody AS (
              SELECT oid, name
              FROM reach
              UNION ALL
              SELECT 0, ?
            )
            """;

    private final Map<String, Tenant> bySchema = new HashMap<>();
    private final List<String> schemas = new ArrayList<>();
    private final List<String> roles = new ArrayList<>();
    private final List<String> reach;

    /** @param reach every role whose rights some instance has, or can get */
    Tenants(Collection<Tenant> tenants, Set<String> reach) {
        this.reach = List.copyOf(reach);
        for (Tenant tenant : tenants) {
            for (String schema : tenant.schemas()) {
                if (bySchema.putIfAbsent(schema, tenant) == null) {
                    schemas.add(schema);
                    roles.add(tenant.role());
                }
            }
        }
    }

    Tenant of(String schema) {
        return bySchema.get(schema);
    }

    List<String> schemas() {
        return schemas;
    }

    /** The instance's role of each of {@link #schemas}. */
    List<String> roles() {
        return roles;
    }

    List<String> reach() {
        return reach;
    }

    /** A statement that takes away what somebody granted: only he can, or the owner where it was the owner. */
    static String as(String grantor, boolean owner, String statement) {
        return owner ? statement + ";" : "SET ROLE %s; %s; RESET ROLE;".formatted(Sql.identifier(grantor), statement);
    }
}
