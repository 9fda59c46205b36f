package io.provision.postgres;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/** Which roles the server has. */
public final class StandingRoles {

    private StandingRoles() {}

    /** @return those of the names that are a role's */
    public static Set<String> among(Session session, Collection<String> names) {
        return names.isEmpty() ? Set.of() : new TreeSet<>(session.query(
                """
                SELECT r.rolname
                FROM unnest(?::text[]) AS w (role)
                JOIN pg_roles r ON r.rolname = w.role
                """,
                row -> row.getString(1),
                names));
    }
}
