package io.provision.postgres.isolation;

import io.provision.postgres.Session;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The schemas in which somebody owns something or was granted something, by who that is: asked once, so that a login
 * need not be asked about all of them, and ten thousand logins not about ten thousand schemas each. It takes rather too
 * many; where nothing is owned or granted, a login can do nothing, be it no superuser and none of the server's own
 * roles.
 */
public final class GrantedSchemas {

    private static final String PUBLIC = "";

    /** Whoever owns the database is its member, and the catalog of members does not say so. */
    private static final String OWNER_OF_THE_DATABASE = "pg_database_owner";

    private final Set<String> all;
    private final Map<String, Set<String>> byHolder;

    private GrantedSchemas(Set<String> all, Map<String, Set<String>> byHolder) {
        this.all = all;
        this.byHolder = byHolder;
    }

    private record Held(String holder, String schema) {}

    /** @param schemas those that matter */
    public static GrantedSchemas of(Session session, Collection<String> schemas) {
        Map<String, Set<String>> byHolder = new HashMap<>();
        held(session, schemas).forEach(held ->
                byHolder.computeIfAbsent(held.holder(), h -> new TreeSet<>()).add(held.schema()));
        return new GrantedSchemas(new TreeSet<>(schemas), byHolder);
    }

    private static List<Held> held(Session session, Collection<String> schemas) {
        return session.query(
                """
                WITH wanted AS (
                  SELECT n.oid, n.nspname, n.nspowner, n.nspacl
                  FROM unnest(?::text[]) AS w (schema)
                  JOIN pg_namespace n ON n.nspname = w.schema
                ),
                relations AS (
                  SELECT w.nspname, c.oid, c.relowner, c.relacl
                  FROM wanted w
                  JOIN pg_class c ON c.relnamespace = w.oid
                  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
                ),
                held AS (
                  SELECT w.nspname, w.nspowner AS holder
                  FROM wanted w
                  UNION
                  SELECT w.nspname, a.grantee
                  FROM wanted w
                  CROSS JOIN LATERAL aclexplode(w.nspacl) a
                  UNION
                  SELECT r.nspname, r.relowner
                  FROM relations r
                  UNION
                  SELECT r.nspname, a.grantee
                  FROM relations r
                  CROSS JOIN LATERAL aclexplode(r.relacl) a
                  UNION
                  SELECT r.nspname, a.grantee
                  FROM relations r
                  JOIN pg_attribute t ON t.attrelid = r.oid AND t.attacl IS NOT NULL
                  CROSS JOIN LATERAL aclexplode(t.attacl) a
                )
                SELECT coalesce(o.rolname, ''), h.nspname
                FROM held h
                LEFT JOIN pg_roles o ON o.oid = h.holder
                """,
                row -> new Held(row.getString(1), row.getString(2)),
                schemas);
    }

    /**
     * Those in which the login of a session may be able to do something.
     *
     * @param session as the login
     */
    Set<String> within(Session session) {
        List<Map.Entry<String, Boolean>> roles = session.query(
                """
                WITH RECURSIVE mine AS (
                  SELECT r.oid
                  FROM pg_roles r
                  WHERE r.rolname = current_user
                  UNION
                  SELECT m.roleid
                  FROM mine
                  JOIN pg_auth_members m ON m.member = mine.oid
                )
                SELECT r.rolname, r.rolsuper OR starts_with(r.rolname, 'pg_')
                FROM mine
                JOIN pg_roles r ON r.oid = mine.oid
                """,
                row -> Map.entry(row.getString(1), row.getBoolean(2)));
        if (roles.stream().anyMatch(Map.Entry::getValue)) {
            return all;
        }
        Set<String> within = new TreeSet<>();
        within.addAll(byHolder.getOrDefault(PUBLIC, Set.of()));
        within.addAll(byHolder.getOrDefault(OWNER_OF_THE_DATABASE, Set.of()));
        roles.forEach(role -> within.addAll(byHolder.getOrDefault(role.getKey(), Set.of())));
        return within;
    }
}
