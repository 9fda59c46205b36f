package io.provision.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Why a role would not be let into the database, whatever its password.
 *
 * @param why as a sentence without a full stop
 * @param remedy the statement that ends it
 */
public record LoginObstacle(String why, String remedy) {

    public LoginObstacle {
        Objects.requireNonNull(why, "why");
        Objects.requireNonNull(remedy, "remedy");
    }

    /**
     * Those of all these roles that stand.
     *
     * @param session in a transaction
     * @return by role; without those that do not stand
     */
    public static Map<String, List<LoginObstacle>> of(Session session, Collection<String> roles) {
        Set<String> expired = expired(session, roles);
        return session
                .query(
                        """
                        SELECT r.rolname, current_database()::text,
                               NOT r.rolcanlogin,
                               NOT has_database_privilege(r.oid, current_database(), 'CONNECT'),
                               r.rolconnlimit = 0 AND NOT r.rolsuper
                        FROM unnest(?::text[]) AS w (role)
                        JOIN pg_roles r ON r.rolname = w.role
                        """,
                        row -> Map.entry(row.getString(1), of(row, expired)),
                        roles)
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Those whose password has run out; of who has none there is nothing to run out, where that may be seen. */
    private static Set<String> expired(Session session, Collection<String> roles) {
        Set<String> expired = names(
                session,
                """
                SELECT r.rolname
                FROM unnest(?::text[]) AS w (role)
                JOIN pg_roles r ON r.rolname = w.role
                WHERE r.rolvaliduntil <= now()
                """,
                roles);
        return expired.isEmpty() || !seesPasswords(session) ? expired : withPassword(session, expired);
    }

    private static boolean seesPasswords(Session session) {
        return !session.query(
                        """
                        SELECT 1
                        WHERE has_table_privilege('pg_catalog.pg_authid', 'SELECT')
                        """,
                        row -> row.getInt(1))
                .isEmpty();
    }

    private static Set<String> withPassword(Session session, Collection<String> roles) {
        return names(
                session,
                """
                SELECT a.rolname
                FROM unnest(?::text[]) AS w (role)
                JOIN pg_authid a ON a.rolname = w.role
                WHERE a.rolpassword IS NOT NULL
                """,
                roles);
    }

    private static Set<String> names(Session session, String query, Collection<String> roles) {
        return Set.copyOf(session.query(query, row -> row.getString(1), roles));
    }

    private static List<LoginObstacle> of(ResultSet row, Set<String> expired) throws SQLException {
        String role = row.getString(1);
        String quoted = Sql.identifier(role);
        List<LoginObstacle> obstacles = new ArrayList<>();
        if (row.getBoolean(3)) {
            obstacles.add(new LoginObstacle(
                    "%s may not log in (NOLOGIN)".formatted(role), "ALTER ROLE %s LOGIN;".formatted(quoted)));
        }
        if (row.getBoolean(4)) {
            obstacles.add(new LoginObstacle(
                    "%s may not connect to the database %s".formatted(role, row.getString(2)),
                    "GRANT CONNECT ON DATABASE %s TO %s;".formatted(Sql.identifier(row.getString(2)), quoted)));
        }
        if (row.getBoolean(5)) {
            obstacles.add(new LoginObstacle(
                    "%s may have no connection at all (CONNECTION LIMIT 0)".formatted(role),
                    "ALTER ROLE %s CONNECTION LIMIT -1;".formatted(quoted)));
        }
        if (expired.contains(role)) {
            obstacles.add(new LoginObstacle(
                    "the password of %s has run out (VALID UNTIL)".formatted(role),
                    "ALTER ROLE %s VALID UNTIL 'infinity';".formatted(quoted)));
        }
        return obstacles;
    }
}
