package io.provision.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.TestEcosystem;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a service's role plants in its schema runs with the rights of that role, whoever makes it run. */
class PlantedCodeTest {

    @TempDir
    private Path folder;

    private TestEcosystem ecosystem;

    @BeforeEach
    void init() {
        ecosystem = TestEcosystem.in(folder)
                .file("sql/V1__things.sql", "CREATE TABLE things (id integer, what varchar);")
                .manifest(manifest("role"));
        ecosystem.init();
    }

    private static String manifest(String owner) {
        return """
                defaults:
                  password: {generate: "secrets/{instance}"}
                services:
                  exchange-simulator: {sql: sql}
                instances:
                  exchange-okxNN: {service: exchange-simulator, owner: %s}
                """.formatted(owner);
    }

    @Test
    void aFunctionAndTriggersRunAsTheRole() throws SQLException {
        plant("note('lower'); RETURN 'planted'", "note(TG_NAME)");
        ecosystem.file("sql/V2__more.sql", """
                INSERT INTO things (id, what) VALUES (1, lower('A'::varchar));
                """);

        ecosystem.init();

        assertEquals(List.of("planted"), ecosystem.query("SELECT what FROM exchange_okxNN.things"));
        assertEquals(
                List.of("at_commit exchange_okxNN_adapter", "at_once exchange_okxNN_adapter",
                        "lower exchange_okxNN_adapter").stream().map(ecosystem::numbered).toList(),
                noted());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "EXECUTE 'RESET ROLE'",
        "EXECUTE 'SET ROLE NONE'",
        "EXECUTE 'SET LOCAL ROLE postgres'",
        "EXECUTE 'SET SESSION AUTHORIZATION DEFAULT'",
        "EXECUTE 'RESET SESSION AUTHORIZATION'",
        "PERFORM set_config('role', 'none', false)",
        "PERFORM set_config('role', 'postgres', true)",
    })
    void whatTriesToBecomeTheLoginAgainStaysTheRole(String escape) throws SQLException {
        String tried = "BEGIN %s; EXCEPTION WHEN insufficient_privilege THEN NULL; END".formatted(escape);
        plant(tried + "; PERFORM note('lower'); RETURN 'planted'", tried + "; PERFORM note(TG_NAME)");
        ecosystem.file("sql/V2__more.sql", """
                INSERT INTO things (id, what) VALUES (1, lower('A'::varchar));
                SELECT note('the next statement');
                """);

        ecosystem.init();

        assertEquals(
                List.of("at_commit exchange_okxNN_adapter", "at_once exchange_okxNN_adapter",
                        "lower exchange_okxNN_adapter", "the next statement exchange_okxNN_adapter")
                        .stream().map(ecosystem::numbered).toList(),
                noted());
    }

    @Test
    void whatAltersTheFunctionThatHoldsItIsHeldStill() throws SQLException {
        String alter = """
                FOR f IN SELECT oid::regprocedure FROM pg_proc WHERE proname LIKE 'provision\\_%' LOOP
                  EXECUTE 'ALTER FUNCTION ' || f || ' SECURITY INVOKER';
                  PERFORM note('altered');
                END LOOP
                """;
        plant("DECLARE f text; BEGIN " + alter + "; END; RETURN 'planted'", "note(TG_NAME)");
        ecosystem.file("sql/V2__more.sql", """
                INSERT INTO things (id, what) VALUES (1, lower('A'::varchar));
                DO 'BEGIN RESET ROLE; EXCEPTION WHEN insufficient_privilege THEN NULL; END';
                SELECT note('the next statement');
                """);

        ecosystem.init();

        assertEquals(
                List.of("altered exchange_okxNN_adapter", "at_commit exchange_okxNN_adapter",
                        "at_once exchange_okxNN_adapter", "the next statement exchange_okxNN_adapter")
                        .stream().map(ecosystem::numbered).toList(),
                noted());
    }

    @Test
    void aFunctionThatSetsTheRoleItselfFailsRatherThanRunsAsTheLogin() throws SQLException {
        try (Connection session = theRole(); Statement statement = session.createStatement()) {
            statement.execute("CREATE TABLE notes (who text)");
            statement.execute("""
                    CREATE FUNCTION lower(varchar) RETURNS text SET role = 'none'
                    LANGUAGE sql AS 'INSERT INTO notes SELECT current_user; SELECT ''planted'''
                    """);
        }
        ecosystem.file("sql/V2__more.sql", "INSERT INTO things (id, what) VALUES (1, lower('A'::varchar));");

        TestEcosystem.Ran init = ecosystem.run("init");

        assertEquals(1, init.exitCode(), init::toString);
        assertTrue(init.err().contains("V2__more.sql in the schema"), init::toString);
        assertEquals(List.of(), ecosystem.query("SELECT who FROM exchange_okxNN.notes"));
    }

    @Test
    void aCursorThatOutlivesTheTransactionNeverRunsAsTheLogin() throws SQLException {
        try (Connection session = theRole(); Statement statement = session.createStatement()) {
            statement.execute("CREATE TABLE notes (what text, who text)");
            statement.execute("CREATE SEQUENCE runs_of_the_login");
            statement.execute("""
                    CREATE FUNCTION spy() RETURNS text LANGUAGE plpgsql AS $$
                    BEGIN
                      IF current_user <> 'exchange_okxNN_adapter' THEN
                        PERFORM nextval('exchange_okxNN.runs_of_the_login');
                      END IF;
                      RETURN current_user;
                    END $$
                    """.replace("NN", ecosystem.numbered("NN")));
            statement.execute("""
                    CREATE FUNCTION lower(varchar) RETURNS text LANGUAGE plpgsql AS $$
                    BEGIN
                      EXECUTE 'DECLARE later CURSOR WITH HOLD FOR SELECT spy()';
                      RETURN 'planted';
                    END $$
                    """);
        }
        ecosystem.file("sql/V2__more.sql", "INSERT INTO things (id, what) VALUES (1, lower('A'::varchar));");

        ecosystem.run("init");

        assertEquals(List.of("f"), ecosystem.query("SELECT is_called FROM exchange_okxNN.runs_of_the_login"));
    }

    @Test
    void filesDoNotRunAsTheLoginBesideWhatTheRolePlanted() throws SQLException {
        TestEcosystem admins = TestEcosystem.in(folder.resolve("admins"))
                .file("sql/V1__things.sql", "CREATE TABLE things (id integer, what varchar);")
                .manifest(manifest("admin"));
        admins.init();
        try (Connection session = admins.connectAs("exchange_okxNN_adapter", "exchange-okxNN");
                Statement statement = session.createStatement()) {
            statement.execute("CREATE FUNCTION lower(varchar) RETURNS text LANGUAGE sql AS 'SELECT ''planted'''");
            statement.execute("""
                    CREATE FUNCTION spy() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'
                    """);
            statement.execute(
                    "CREATE TRIGGER at_once BEFORE INSERT ON things FOR EACH ROW EXECUTE FUNCTION spy()");
        }
        admins.file("sql/V2__more.sql", "INSERT INTO things (id, what) VALUES (1, lower('A'::varchar));");

        TestEcosystem.Ran init = admins.run("init");

        assertEquals(1, init.exitCode(), init::toString);
        assertTrue(init.err().contains("lower(character varying)"), init::toString);
        assertTrue(init.err().contains("trigger at_once on"), init::toString);
        assertEquals(List.of(), admins.query("SELECT what FROM exchange_okxNN.things"));
    }

    @Test
    void filesDoNotRunAsTheLoginBesideWhatTheRolePlantedInPublic() throws SQLException {
        TestEcosystem admins = TestEcosystem.in(folder.resolve("admins"))
                .file("sql/V1__things.sql", "CREATE TABLE things (id integer, what varchar);")
                .manifest(manifest("admin"));
        admins.init();
        admins.execute("GRANT CREATE ON SCHEMA public TO PUBLIC");
        try (Connection session = admins.connectAs("exchange_okxNN_adapter", "exchange-okxNN");
                Statement statement = session.createStatement()) {
            statement.execute(
                    "CREATE FUNCTION public.lower(varchar) RETURNS text LANGUAGE sql AS $$SELECT 'planted'$$");
        }
        admins.execute("CREATE FUNCTION public.of_a_superuser() RETURNS text LANGUAGE sql AS $$SELECT 'trusted'$$");
        admins.file("sql/V2__more.sql", "INSERT INTO things (id, what) VALUES (1, lower('A'::varchar));");

        TestEcosystem.Ran init = admins.run("init");

        assertEquals(1, init.exitCode(), init::toString);
        assertTrue(init.err().contains("public.lower(character varying)"), init::toString);
        assertFalse(init.err().contains("of_a_superuser"), init::toString);
    }

    /** A function that any statement may call by accident, a trigger, and one that fires as late as it can. */
    private void plant(String function, String trigger) throws SQLException {
        try (Connection session = theRole(); Statement statement = session.createStatement()) {
            statement.execute("CREATE TABLE notes (what text, who text)");
            statement.execute("""
                    CREATE FUNCTION note(what text) RETURNS void LANGUAGE sql
                    AS 'INSERT INTO notes VALUES (what, current_user)'
                    """);
            statement.execute("""
                    CREATE FUNCTION lower(varchar) RETURNS text LANGUAGE plpgsql AS $$
                    BEGIN %s; END $$
                    """.formatted(function.startsWith("note") ? "PERFORM " + function : function));
            statement.execute("""
                    CREATE FUNCTION spy() RETURNS trigger LANGUAGE plpgsql AS $$
                    BEGIN %s; RETURN NULL; END $$
                    """.formatted(trigger.startsWith("note") ? "PERFORM " + trigger : trigger));
            statement.execute("CREATE TRIGGER at_once AFTER INSERT ON things FOR EACH ROW EXECUTE FUNCTION spy()");
            statement.execute("""
                    CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT ON things DEFERRABLE INITIALLY DEFERRED
                    FOR EACH ROW EXECUTE FUNCTION spy()
                    """);
        }
    }

    private List<String> noted() {
        return ecosystem.query("SELECT what || ' ' || who FROM exchange_okxNN.notes ORDER BY 1");
    }

    private Connection theRole() throws SQLException {
        return ecosystem.connectAs("exchange_okxNN_adapter", "exchange-okxNN");
    }
}
