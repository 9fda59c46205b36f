package io.provision.postgres.isolation;

import io.provision.plan.PostgresResource;
import io.provision.postgres.SearchPathText;
import io.provision.postgres.Session;
import io.provision.postgres.Sql;
import io.provision.postgres.isolation.Exposure.Door;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Search paths that lead an instance's role into another's schema. */
final class SearchPathsQuery {

    private final Session session;
    private final Tenants tenants;
    private final Collection<Tenant> all;

    /**
     * What is set for a role, in this database or in all (this one counts as soon as that one is reset), or for the
     * database where nothing is set for the role.
     */
    private record Setting(String role, boolean ofRole, boolean ofDatabase, List<String> path, String database) {

        String remedy(List<String> own) {
            if (!ofRole) {
                return "ALTER DATABASE %s RESET search_path;".formatted(Sql.identifier(database));
            }
            return ofDatabase
                    ? "ALTER ROLE %s IN DATABASE %s SET search_path = %s;".formatted(
                            Sql.identifier(role), Sql.identifier(database), Sql.identifiers(own))
                    : "ALTER ROLE %s RESET search_path;".formatted(Sql.identifier(role));
        }
    }

    SearchPathsQuery(Session session, Tenants tenants, Collection<Tenant> all) {
        this.session = session;
        this.tenants = tenants;
        this.all = all;
    }

    List<Exposure> exposures() {
        List<Exposure> exposures = new ArrayList<>();
        Map<String, List<Tenant>> byRole = all.stream().collect(Collectors.groupingBy(Tenant::role));
        for (Setting setting : settings()) {
            List<String> own = Stream.concat(
                            byRole.getOrDefault(setting.role(), List.of()).stream()
                                    .sorted(Comparator.comparing(Tenant::instance))
                                    .flatMap(tenant -> tenant.schemas().stream()),
                            Stream.of(PostgresResource.PUBLIC))
                    .distinct()
                    .toList();
            setting.path().stream()
                    .filter(schema -> tenants.of(schema) != null && !own.contains(schema))
                    .map(schema -> new Exposure(
                            setting.role(),
                            Optional.of(tenants.of(schema)),
                            schema,
                            "has the schema %s in its search path%s"
                                    .formatted(schema, setting.ofDatabase() ? "" : " of all databases"),
                            List.of(setting.remedy(own)),
                            true,
                            Door.BESIDE))
                    .forEach(exposures::add);
        }
        return exposures;
    }

    private List<Setting> settings() {
        return session.query(
                """
                WITH roles AS (
                  SELECT r.oid, r.rolname::text AS role
                  FROM unnest(?::text[]) AS w (role)
                  JOIN pg_roles r ON r.rolname = w.role
                ),
                paths AS (
                  SELECT s.setrole, s.setdatabase <> 0 AS of_database,
                         substr(c.setting, strpos(c.setting, '=') + 1) AS path
                  FROM pg_db_role_setting s
                  LEFT JOIN pg_database d ON d.oid = s.setdatabase
                  CROSS JOIN LATERAL unnest(s.setconfig) AS c (setting)
                  WHERE (s.setdatabase = 0 OR d.datname = current_database())
                    AND starts_with(c.setting, 'search_path=')
                ),
                -- Two joins, as one with an OR would go through all of them for each role.
                settings AS (
                  SELECT r.role, TRUE AS of_role, p.of_database, p.path
                  FROM roles r
                  JOIN paths p ON p.setrole = r.oid
                  UNION ALL
                  SELECT r.role, FALSE, p.of_database, p.path
                  FROM roles r
                  JOIN paths p ON p.setrole = 0
                )
                SELECT DISTINCT s.role, s.of_role, s.of_database, s.path, current_database()::text
                FROM settings s
                WHERE s.of_role
                   OR NOT EXISTS (
                     SELECT
                     FROM settings o
                     WHERE o.role = s.role
                       AND o.of_role
                   )
                ORDER BY 1, 2, 3
                """,
                row -> new Setting(
                        row.getString(1),
                        row.getBoolean(2),
                        row.getBoolean(3),
                        SearchPathText.parse(row.getString(4)),
                        row.getString(5)),
                tenants.roles());
    }
}
