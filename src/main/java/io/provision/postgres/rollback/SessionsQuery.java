package io.provision.postgres.rollback;

import io.provision.postgres.Session;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Who is logged in as a role that is to be dropped, in whatever database: the server drops it all the same. */
public final class SessionsQuery {

    private final Session session;

    public SessionsQuery(Session session) {
        this.session = session;
    }

    /** @param dropped the roles, and the instance that each is of */
    public List<String> notes(Map<String, String> dropped) {
        if (dropped.isEmpty()) {
            return List.of();
        }
        Map<String, String> roles = new TreeMap<>(dropped);
        return session.query(
                """
                SELECT r.instance, a.usename, count(*)
                FROM unnest(?::text[], ?::text[]) AS r (role, instance)
                JOIN pg_stat_activity a ON a.usename = r.role
                WHERE a.pid <> pg_backend_pid()
                GROUP BY r.instance, a.usename
                ORDER BY 1, 2
                """,
                row -> "%s: the role %s, which is dropped, has %s: stop what uses it first".formatted(
                        row.getString(1),
                        row.getString(2),
                        row.getInt(3) == 1 ? "1 live session" : row.getInt(3) + " live sessions"),
                List.copyOf(roles.keySet()),
                List.copyOf(roles.values()));
    }
}
