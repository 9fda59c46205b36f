package io.provision.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.provision.testing.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginGrantsTest {

    private final TestPostgres server = TestPostgres.shared();
    private final String database = server.createDatabase();

    private LoginGrants grants(String login, Optional<String> name, List<String> tables) {
        return new LoginGrants(login, name, List.of(login + "_adopted", login + "_absent"),
                List.of(login + "_schema", login + "_other"), tables);
    }

    @ParameterizedTest
    @ValueSource(strings = {"grants_plain", "Grants \"odd\" $grants$ 'login'"})
    void theScriptMakesALoginThatMayMakeRolesAndSchemasAndNoMore(String login) throws SQLException {
        for (Optional<String> named : List.of(Optional.of(database), Optional.<String>empty())) {
            server.run(database, grants(login, named, List.of("events")).script());
        }

        assertEquals(List.of("t f f f"), query("SELECT concat_ws(' ', rolcreaterole, rolsuper, rolcreatedb, "
                + "rolbypassrls) FROM pg_roles WHERE rolname = " + Sql.literal(login)));
        assertEquals(List.of("t t t"), query("""
                SELECT concat_ws(' ', has_database_privilege(%1$s, current_database(), 'CREATE'),
                    has_schema_privilege(%1$s, 'public', 'CREATE'), has_schema_privilege(%1$s, 'public', 'USAGE'))
                """.formatted(Sql.literal(login))));
    }

    @Test
    void nothingOfPublicIsGivenWhereNothingMoves() throws SQLException {
        server.run(database, grants("grants_nothing_moves", Optional.empty(), List.of()).script());

        assertEquals(List.of("f"), query("SELECT has_schema_privilege('grants_nothing_moves', 'public', 'CREATE')"));
    }

    /** And once they were run, it names none any more. */
    @Test
    void theQueriesNameTheGrantsThatAreMissing() throws SQLException {
        String login = "grants_asks";
        LoginGrants grants = grants(login, Optional.empty(), List.of("events", "log_*"));
        server.run(database, """
                CREATE ROLE grants_asks_adopted;
                CREATE ROLE grants_asks_owner;
                CREATE TABLE public.events ();
                CREATE TABLE public.logs ();
                CREATE TABLE public.log_a ();
                CREATE SCHEMA grants_asks_schema AUTHORIZATION grants_asks_owner;
                ALTER TABLE public.logs OWNER TO grants_asks_adopted;
                ALTER TABLE public.events OWNER TO grants_asks_owner;
                ALTER TABLE public.log_a OWNER TO grants_asks_owner;
                """ + grants.script());

        List<String> missing = asked(grants);

        assertEquals(List.of(
                "GRANT grants_asks_owner TO grants_asks;",
                "GRANT grants_asks_adopted TO grants_asks WITH ADMIN OPTION;",
                "GRANT grants_asks_owner TO grants_asks;"), missing);
        server.run(database, String.join("\n", missing));
        assertEquals(List.of(), asked(grants));
    }

    @Test
    void whoOwnsASequenceOrAFunctionThatMovesIsAskedForAsWell() throws SQLException {
        LoginGrants grants = grants("grants_others", Optional.empty(), List.of("tickets", "touch()", "log_*"));
        server.run(database, """
                CREATE ROLE grants_others_numbers;
                CREATE ROLE grants_others_code;
                CREATE ROLE grants_others_elsewhere;
                CREATE SEQUENCE public.tickets;
                CREATE SEQUENCE public.log_numbers;
                CREATE FUNCTION public.touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
                ALTER SEQUENCE public.tickets OWNER TO grants_others_numbers;
                ALTER FUNCTION public.touch() OWNER TO grants_others_code;
                ALTER SEQUENCE public.log_numbers OWNER TO grants_others_elsewhere;
                """ + grants.script());

        assertEquals(
                List.of(
                        "GRANT grants_others_code TO grants_others;",
                        "GRANT grants_others_numbers TO grants_others;"),
                asked(grants));
    }

    @Test
    void membershipInASuperuserIsNeverAskedFor() throws SQLException {
        LoginGrants grants = grants("grants_superuser", Optional.empty(), List.of("events"));
        server.run(database, "CREATE TABLE public.events (); CREATE SCHEMA grants_superuser_schema;" + grants.script());

        assertEquals(List.of(
                "-- nobody should be a member of the superuser postgres: ALTER TABLE public.events "
                        + "OWNER TO another role",
                "-- nobody should be a member of the superuser postgres: give what it owns in grants_superuser_schema "
                        + "to another role"), asked(grants));
    }

    private List<String> asked(LoginGrants grants) throws SQLException {
        List<String> missing = new ArrayList<>();
        for (LoginGrants.Statement statement : grants.statements()) {
            if (statement.kind() == LoginGrants.Kind.ASKS) {
                missing.addAll(query(statement.sql()));
            }
        }
        return missing;
    }

    private List<String> query(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection session = server.connect(database);
                Statement statement = session.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                rows.add(result.getString(1));
            }
        }
        return rows;
    }
}
