package io.provision.postgres.migration;

import io.provision.postgres.LoginFacts;
import io.provision.postgres.SearchPathText;
import io.provision.postgres.Session;
import io.provision.problem.Counted;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Who will miss what has moved: logins with rights on it whose search path does not have the schema that it goes to,
 * and sessions, which keep the search path that they began with.
 */
final class LeftBehind {

    private static final String DEFAULT_PATH = "\"$user\", public";

    /** @param path its search path in this database */
    private record User(Route route, String role, String path, int sessions) {

        boolean finds() {
            List<String> schemas = SearchPathText.parse(path);
            return schemas.contains(route.to()) || schemas.contains("$user") && role.equals(route.to());
        }

        String title() {
            return sessions == 0
                    ? "%s (%s)".formatted(role, path)
                    : "%s (%s; %s)".formatted(role, path, Counted.of(sessions, "session"));
        }
    }

    private final Session session;
    private final LoginFacts facts;
    private final Findings findings;

    LeftBehind(Session session, LoginFacts facts, Findings findings) {
        this.session = session;
        this.facts = facts;
        this.findings = findings;
    }

    /** @param entitled roles with rights, by route; none of them a superuser */
    void tell(MovingSet set, Map<Route, Set<String>> entitled) {
        Map<Integer, List<String>> missing = new TreeMap<>();
        for (User user : users(set, entitled)) {
            if (user.route().compat()) {
                // They find the views that are left.
                continue;
            }
            if (user.role().equals(user.route().role())) {
                ownSessions(user);
            } else if (!user.finds()) {
                missing.computeIfAbsent(user.route().number(), t -> new ArrayList<>()).add(user.title());
            }
        }
        missing.forEach((number, titles) -> {
            Route route = set.route(number);
            findings.note(
                    route,
                    "will not find what moves unless they say %s.…, because their search paths do not have it: %s"
                            .formatted(route.to(), Findings.some(titles)));
        });
    }

    /** The instance's role gets the right search path, but only for sessions that begin then. */
    private void ownSessions(User user) {
        if (user.sessions() > 0) {
            findings.note(
                    user.route(),
                    "%s of %s %s the old search path, and should connect anew afterwards".formatted(
                            Counted.of(user.sessions(), "session"),
                            user.role(),
                            user.sessions() == 1 ? "keeps" : "keep"));
        }
    }

    private List<User> users(MovingSet set, Map<Route, Set<String>> entitled) {
        List<String> routes = new ArrayList<>();
        List<String> roles = new ArrayList<>();
        List<String> entitling = new ArrayList<>();
        entitled.forEach((route, some) -> some.forEach(role -> {
            routes.add(Integer.toString(route.number()));
            roles.add(role);
            entitling.add("true");
        }));
        set.allRoutes().forEach(route -> {
            routes.add(Integer.toString(route.number()));
            roles.add(route.role());
            entitling.add("false");
        });
        // From 16 on whoever makes a role is its member, and by that alone can neither use it nor become it.
        String usable = facts.membershipsHaveOptions() ? "m.inherit_option OR m.set_option" : "true";
        return session.query(
                """
                WITH RECURSIVE users (route, oid, entitled) AS (
                  SELECT w.route, r.oid, w.entitled
                  FROM unnest(?::integer[], ?::text[], ?::boolean[]) AS w (route, role, entitled)
                  JOIN pg_roles r ON r.rolname = w.role
                  UNION
                  SELECT u.route, m.member, true
                  FROM users u
                  JOIN pg_auth_members m ON m.roleid = u.oid
                  WHERE u.entitled
                    AND (%s)
                ),
                paths AS (
                  SELECT DISTINCT ON (s.setrole) s.setrole, substr(c.setting, strpos(c.setting, '=') + 1) AS path
                  FROM pg_db_role_setting s
                  CROSS JOIN LATERAL unnest(s.setconfig) AS c (setting)
                  WHERE starts_with(c.setting, 'search_path=')
                    AND s.setdatabase IN (0, (
                      SELECT oid
                      FROM pg_database
                      WHERE datname = current_database()
                    ))
                  ORDER BY s.setrole, s.setdatabase = 0
                )
                SELECT DISTINCT u.route, r.rolname, coalesce(own.path, everybodys.path, ?), coalesce(a.sessions, 0)
                FROM users u
                JOIN pg_roles r ON r.oid = u.oid
                LEFT JOIN paths own ON own.setrole = r.oid
                LEFT JOIN paths everybodys ON everybodys.setrole = 0
                LEFT JOIN (
                  SELECT usesysid, count(*) AS sessions
                  FROM pg_stat_activity
                  WHERE datname = current_database()
                    AND pid <> pg_backend_pid()
                  GROUP BY usesysid
                ) a ON a.usesysid = r.oid
                WHERE r.rolcanlogin
                  AND NOT r.rolsuper
                  AND r.rolname <> ?
                ORDER BY 1, 2
                """
                        .formatted(usable),
                row -> user(set, row),
                routes,
                roles,
                entitling,
                DEFAULT_PATH,
                facts.login().name());
    }

    private static User user(MovingSet set, ResultSet row) throws SQLException {
        return new User(set.route(row.getInt(1)), row.getString(2), row.getString(3), row.getInt(4));
    }
}
