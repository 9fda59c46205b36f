package io.provision.postgres.migration;

import static io.provision.postgres.migration.MoveFixture.hazards;
import static io.provision.postgres.migration.MoveFixture.wanted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.provision.plan.Hazard;
import io.provision.plan.MigrationResource.SchemaAccess;
import io.provision.plan.MoveRequest;
import io.provision.plan.Moves;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who keeps the way to what moves, and who does not. */
class MoveAccessTest {

    @TempDir
    private Path folder;

    @Test
    void theOwnerAndAllWhoWereGrantedSomethingAreLetIn() {
        MoveFixture fixture = MoveFixture.in(folder).run("""
                CREATE ROLE ownerNN;
                CREATE ROLE readerNN;
                CREATE ROLE columnsNN;
                CREATE ROLE sequencesNN;
                CREATE ROLE nobodyNN;
                CREATE ROLE rootNN SUPERUSER;
                CREATE TABLE events (id serial, body text);
                ALTER TABLE events OWNER TO ownerNN;
                GRANT SELECT ON events TO readerNN, rootNN, auditNN;
                GRANT UPDATE (body) ON events TO columnsNN;
                GRANT USAGE ON SEQUENCE events_id_seq TO sequencesNN
                """);

        Moves moves = fixture.find("events");

        assertEquals(
                List.of(
                        fixture.numbered("audit to columnsNN"),
                        fixture.numbered("audit to ownerNN"),
                        fixture.numbered("audit to readerNN"),
                        fixture.numbered("audit to sequencesNN")),
                wanted(moves, SchemaAccess.class));
        assertEquals(List.of(), hazards(moves, Hazard.PUBLIC_ACCESS));
    }

    /** The checks of a foreign key run as the owner of the table that they look into. */
    @Test
    void foreignKeysOnBothSidesOfTheMoveAreStillChecked() throws SQLException {
        MoveFixture fixture = MoveFixture.in(folder).run("""
                CREATE ROLE ownerNN;
                CREATE ROLE writerNN;
                CREATE TABLE users (id integer PRIMARY KEY);
                CREATE TABLE events (id integer PRIMARY KEY, by_whom integer REFERENCES users ON DELETE CASCADE);
                CREATE TABLE notes (event integer REFERENCES events);
                ALTER TABLE events OWNER TO ownerNN;
                INSERT INTO users VALUES (1);
                INSERT INTO events VALUES (1, 1);
                GRANT INSERT ON notes TO writerNN;
                GRANT SELECT, DELETE ON users TO writerNN;
                GRANT SELECT ON notes, users TO ownerNN
                """);

        Moves moves = fixture.find("events");
        fixture.move(moves);

        fixture.run("SET ROLE writerNN; INSERT INTO public.notes VALUES (1)");
        fixture.run("DELETE FROM notes; SET ROLE writerNN; DELETE FROM public.users");
        assertEquals(List.of("0"), fixture.ecosystem().query("SELECT count(*) FROM audit.events"));
        fixture.run("REVOKE USAGE ON SCHEMA audit FROM ownerNN; INSERT INTO users VALUES (1)");
        fixture.run("INSERT INTO audit.events VALUES (1, 1)");
        assertThrows(
                IllegalStateException.class,
                () -> fixture.run("SET ROLE writerNN; INSERT INTO public.notes VALUES (1)"));
    }

    @Test
    void nobodyIsLetInForTheRightsOfEverybody() {
        MoveFixture fixture = MoveFixture.in(folder).run("""
                CREATE TABLE events (id integer, body text);
                CREATE TABLE metrics (id integer);
                GRANT SELECT (body) ON events TO PUBLIC
                """);

        Moves moves = fixture.find("events", "metrics");

        assertEquals(List.of(), wanted(moves, SchemaAccess.class));
        assertEquals(
                List.of("every role has rights on public.events, and only those who are let into the schema audit can"
                        + " use them there"),
                hazards(moves, Hazard.PUBLIC_ACCESS));
    }

    @Test
    void whereTheRoleIsToOwnItTheFormerOwnerLosesIt() {
        MoveFixture fixture = MoveFixture.in(folder).run("""
                CREATE ROLE ownerNN;
                CREATE TABLE events (id integer);
                ALTER TABLE events OWNER TO ownerNN
                """);

        Moves moves = fixture.find(new MoveRequest(
                "audit", fixture.numbered("auditNN"), "public", "audit", List.of("events"), false, true));

        assertEquals(List.of(), wanted(moves, SchemaAccess.class));
        assertEquals(
                List.of(fixture.numbered("audit: the owner is auditNN then, and no longer ownerNN, who keeps no rights on"
                        + " public.events")),
                moves.notes());
    }

    @Test
    void aViewThatReadsWithTheFormerOwnersRightsFailsThen() {
        MoveFixture fixture = MoveFixture.in(folder).run("""
                CREATE ROLE ownerNN;
                CREATE ROLE readerNN;
                CREATE TABLE events (id integer);
                CREATE VIEW recent AS SELECT id FROM events;
                CREATE VIEW invoked WITH (security_invoker) AS SELECT id FROM events;
                CREATE VIEW report AS SELECT id FROM events;
                ALTER TABLE events OWNER TO ownerNN;
                ALTER VIEW recent OWNER TO ownerNN;
                ALTER VIEW invoked OWNER TO ownerNN;
                ALTER VIEW report OWNER TO readerNN;
                GRANT SELECT ON events TO readerNN
                """);

        Moves moves = fixture.find(new MoveRequest(
                "audit", fixture.numbered("auditNN"), "public", "audit", List.of("events"), false, true));

        assertEquals(
                List.of(fixture.numbered("view public.recent reads public.events with the rights of ownerNN, who keeps"
                        + " none on it: it fails until ownerNN is granted SELECT")),
                hazards(moves, Hazard.OWNERSHIP));
        assertTrue(
                moves.notes().contains("audit: view public.invoked, view public.report stay and go on working: what"
                        + " moves is found by its OID"),
                moves.notes()::toString);
    }
}
