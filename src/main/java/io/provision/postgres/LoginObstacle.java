package io.provision.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
        return session
                .query(
                        """
                        SELECT r.rolname, current_database()::text,
                               NOT r.rolcanlogin,
                               NOT has_database_privilege(r.oid, current_database(), 'CONNECT'),
                               r.rolconnlimit = 0 AND NOT r.rolsuper,
                               r.rolvaliduntil <= now()
                        FROM unnest(?::text[]) AS w (role)
                        JOIN pg_roles r ON r.rolname = w.role
                        """,
                        row -> Map.entry(row.getString(1), of(row)),
                        roles)
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static List<LoginObstacle> of(ResultSet row) throws SQLException {
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
        if (row.getBoolean(6)) {
            obstacles.add(new LoginObstacle(
                    "the password of %s has run out (VALID UNTIL)".formatted(role),
                    "ALTER ROLE %s VALID UNTIL 'infinity';".formatted(quoted)));
        }
        return obstacles;
    }
}
