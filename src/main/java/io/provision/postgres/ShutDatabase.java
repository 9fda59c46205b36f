package io.provision.postgres;

import io.provision.plan.PostgresResource.Role;
import io.provision.plan.State;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Tells of a database that was taken from PUBLIC ({@code REVOKE CONNECT ON DATABASE … FROM PUBLIC}), for whose
 * instances everything is made, and who cannot come in. Whom a database lets in is its owner's to say: the tool does
 * not grant it, and cannot know which other way is meant, as a membership.
 */
public final class ShutDatabase {

    /** {@code verify} names each of them, with the statement. */
    private static final int NAMED = 20;

    private ShutDatabase() {}

    /**
     * Asks nothing where PUBLIC may connect.
     *
     * @param session in a transaction
     * @return a note, or none
     */
    public static List<String> notes(Session session, LoginFacts facts, State desired) {
        List<String> roles = facts.publicConnects()
                ? List.of()
                : outside(session, desired.each(Role.class).map(Role::name).toList());
        return roles.isEmpty() ? List.of() : List.of(note(Sql.identifier(facts.login().database()), roles));
    }

    private static List<String> outside(Session session, List<String> roles) {
        return session.query(
                """
                SELECT w.role
                FROM unnest(?::text[]) AS w (role)
                LEFT JOIN pg_roles r ON r.rolname = w.role
                WHERE r.oid IS NULL
                   OR r.rolcanlogin AND NOT has_database_privilege(r.oid, current_database(), 'CONNECT')
                ORDER BY 1
                """,
                row -> Sql.identifier(row.getString(1)),
                roles);
    }

    private static String note(String database, List<String> roles) {
        String some = roles.stream().limit(NAMED).collect(Collectors.joining(", "));
        return "CONNECT on the database %s was taken from PUBLIC, and these roles have it from nobody else: once they"
                .formatted(database)
                + " stand, let its owner run: GRANT CONNECT ON DATABASE %s TO %s;".formatted(database, some)
                + (roles.size() <= NAMED ? "" : " and the same for %d more, which `verify` names".formatted(
                        roles.size() - NAMED));
    }
}
