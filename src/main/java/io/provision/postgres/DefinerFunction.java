package io.provision.postgres;

import java.util.List;
import java.util.UUID;

/**
 * Runs a statement inside a function that is SECURITY DEFINER and owned by the current role. SET ROLE alone holds
 * nobody: whatever the statement calls could RESET it, and be the login. In such a function the server refuses to
 * change the role or the session's user, however deep the call (manual, SET ROLE).
 */
final class DefinerFunction {

    private static final String PUBLIC_SCHEMA = "public";

    private final Session session;
    private final String name;

    /** @param schema one that the current role may make things in, but for {@code public}, where it often may not */
    DefinerFunction(Session session, String schema) {
        this.session = session;
        // Made anew for each statement, under a name that nobody can foresee: as its owner, what the role has planted
        // could alter a function that is called again.
        String unforeseen = "provision_" + UUID.randomUUID().toString().replace('-', '_');
        this.name = schema.equals(PUBLIC_SCHEMA) ? "pg_temp." + unforeseen : Sql.qualified(schema, unforeseen);
    }

    void execute(String statement) {
        String create =
                """
                CREATE FUNCTION %s(pg_catalog.text) RETURNS pg_catalog.void
                LANGUAGE plpgsql
                SECURITY DEFINER
                AS 'BEGIN EXECUTE $1; END'
                """
                        .formatted(name);
        String call = "SELECT %s(%s)".formatted(name, Sql.literal(statement));
        String drop = "DROP FUNCTION %s(pg_catalog.text)".formatted(name);
        session.executeAll(List.of(create, call, drop), List.of(create, statement, drop));
    }
}
