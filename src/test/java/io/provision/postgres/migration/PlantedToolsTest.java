package io.provision.postgres.migration;

import static io.provision.postgres.migration.MoveFixture.hazards;
import static io.provision.postgres.migration.MoveFixture.moved;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.provision.plan.Hazard;
import io.provision.plan.Moves;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a role plants under the name of a tool's table would run as the login that reads it. */
class PlantedToolsTest {

    private static final String PLANTED =
            """
            SET ROLE auditNN;
            CREATE TABLE events (id integer);
            CREATE FUNCTION audit.planted() RETURNS boolean LANGUAGE plpgsql AS $$
            BEGIN
              RAISE EXCEPTION 'planted code runs as %', current_user;
            END $$;
            """;

    @TempDir
    private Path folder;

    private MoveFixture fixture(boolean superuser, String planted) {
        MoveFixture fixture = MoveFixture.in(folder)
                .run("GRANT CREATE ON SCHEMA public TO auditNN")
                .run(PLANTED + planted + "; RESET ROLE");
        if (!superuser) {
            fixture.login("auditNN");
        }
        return fixture;
    }

    private static void nothingRuns(MoveFixture fixture) {
        Moves moves = fixture.find("events");

        assertEquals(List.of("table events"), moved(moves));
        assertEquals(List.of(), hazards(moves, Hazard.TOOL));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCastOfARoleIsNotCalled(boolean superuser) {
        nothingRuns(fixture(superuser, """
                CREATE TYPE audit.trap AS (a text);
                CREATE FUNCTION audit.spring(audit.trap) RETURNS text LANGUAGE sql AS
                  'SELECT audit.planted()::text';
                CREATE CAST (audit.trap AS text) WITH FUNCTION audit.spring (audit.trap);
                CREATE TABLE audit.part_config (parent_table audit.trap);
                INSERT INTO audit.part_config VALUES (ROW ('public.events'))
                """));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPolicyOfARoleIsNotEvaluated(boolean superuser) {
        nothingRuns(fixture(superuser, """
                CREATE TABLE audit.part_config (parent_table text);
                INSERT INTO audit.part_config VALUES ('public.events');
                ALTER TABLE audit.part_config ENABLE ROW LEVEL SECURITY;
                ALTER TABLE audit.part_config FORCE ROW LEVEL SECURITY;
                CREATE POLICY trap ON audit.part_config USING (audit.planted())
                """));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTableOfTheExtensionThatARoleOwnsIsNotRead(boolean superuser) {
        MoveFixture fixture = fixture(superuser, """
                CREATE TABLE audit.part_config (parent_table text);
                INSERT INTO audit.part_config VALUES ('public.events');
                RESET ROLE;
                ALTER EXTENSION plpgsql ADD TABLE audit.part_config
                """);

        nothingRuns(fixture.tools(new KeptNames.Tool("plpgsql", "part_config", "parent_table")));
    }
}
