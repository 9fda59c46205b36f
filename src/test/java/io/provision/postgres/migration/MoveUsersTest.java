package io.provision.postgres.migration;

import static io.provision.postgres.migration.MoveFixture.hazards;
import static io.provision.postgres.migration.MoveFixture.refusals;
import static io.provision.postgres.migration.MoveFixture.wanted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.provision.plan.Hazard;
import io.provision.plan.MigrationResource.CompatView;
import io.provision.plan.MigrationResource.Placement;
import io.provision.plan.MoveRequest;
import io.provision.plan.Moves;
import io.provision.testing.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who uses what moves: whose search paths will miss it, what is built on it, and the views left for them. */
class MoveUsersTest {

    @TempDir
    private Path folder;

    @Test
    void whoWillNotFindItIsTold() throws SQLException {
        MoveFixture fixture = MoveFixture.in(folder).run("""
                CREATE ROLE appNN LOGIN PASSWORD 'app';
                CREATE ROLE teamNN;
                CREATE ROLE memberNN LOGIN;
                CREATE ROLE knowingNN LOGIN;
                CREATE ROLE elsewhereNN LOGIN;
                CREATE ROLE strangerNN LOGIN;
                GRANT teamNN TO memberNN, knowingNN, elsewhereNN;
                CREATE TABLE events (id integer);
                ALTER TABLE events OWNER TO auditNN;
                GRANT SELECT ON events TO appNN, teamNN
                """);
        String database = fixture.ecosystem().database();
        fixture.run("""
                ALTER ROLE knowingNN SET search_path = other;
                ALTER ROLE knowingNN IN DATABASE %1$s SET search_path = "$user", audit;
                ALTER ROLE elsewhereNN IN DATABASE postgres SET search_path = audit;
                ALTER DATABASE %1$s SET search_path = public, "Odd one"
                """.formatted(database));
        fixture.login("auditNN");

        try (Connection open = fixture.ecosystem().postgres().connect(fixture.numbered("appNN"), "app", database)) {
            assertEquals(
                    List.of(fixture.numbered("audit: will not find what moves unless they say audit.…, because their"
                            + " search paths do not have it: appNN (public, \"Odd one\"; 1 session), elsewhereNN"
                            + " (public, \"Odd one\"), memberNN (public, \"Odd one\")")),
                    fixture.find("events").notes());
            assertTrue(open.isValid(5));
        }
    }

    @Test
    void theRolesOwnSessionsAreToConnectAnew() throws SQLException {
        MoveFixture fixture = MoveFixture.in(folder).run("""
                ALTER ROLE auditNN LOGIN PASSWORD 'audit';
                CREATE TABLE events (id integer);
                ALTER TABLE events OWNER TO auditNN
                """);
        fixture.login("auditNN");

        try (Connection open = fixture.ecosystem()
                .postgres()
                .connect(fixture.numbered("auditNN"), "audit", fixture.ecosystem().database())) {
            assertEquals(
                    List.of(fixture.numbered("audit: 1 session of auditNN keeps the old search path, and should connect"
                            + " anew afterwards")),
                    fixture.find("events").notes());
            assertTrue(open.isValid(5));
        }
    }

    @Test
    void viewsAndRulesOverItStayAndWork() {
        MoveFixture fixture = MoveFixture.in(folder).run("""
                CREATE TABLE events (id integer);
                CREATE VIEW newest AS SELECT * FROM events;
                CREATE VIEW second AS SELECT * FROM newest;
                CREATE MATERIALIZED VIEW totals AS SELECT count(*) FROM events;
                CREATE TABLE other (id integer);
                CREATE RULE copied AS ON INSERT TO other DO ALSO INSERT INTO events VALUES (NEW.id);
                CREATE FUNCTION by_row(events) RETURNS integer LANGUAGE sql AS 'SELECT $1.id'
                """);

        Moves moves = fixture.find("events");

        assertEquals(
                List.of("audit: function public.by_row(public.events), materialized view public.totals, rule copied on"
                        + " table public.other, view public.newest stay and go on working: what moves is found by its"
                        + " OID"),
                moves.notes());
        assertEquals(List.of(), refusals(moves));
        fixture.move(moves);
        fixture.run("INSERT INTO public.other VALUES (1); REFRESH MATERIALIZED VIEW public.totals");
        assertEquals(List.of("1"), fixture.ecosystem().query(
                "SELECT by_row(ROW(n.id)::audit.events) FROM public.newest n"));
    }

    @Test
    void aKindOfObjectThatIsNotKnownForbidsTheMove() {
        Moves moves = MoveFixture.in(folder)
                .run("""
                        CREATE TABLE events (id integer);
                        CREATE FUNCTION as_text(events) RETURNS text LANGUAGE sql AS 'SELECT $1.id::text';
                        CREATE CAST (events AS text) WITH FUNCTION as_text(events)
                        """)
                .find("events");

        assertEquals(
                List.of("audit: public.events is used by cast from public.events to text, and it is not known what"
                        + " moving it does to that (pg_cast) — take events out of `migrate.tables`, or drop what uses"
                        + " it first"),
                refusals(moves));
    }

    @Test
    void viewsAreLeftForThoseWhoSayTheOldName() {
        MoveFixture fixture = MoveFixture.in(folder).run("""
                CREATE ROLE ownerNN;
                CREATE ROLE readerNN;
                CREATE TABLE events (id integer, body text) PARTITION BY RANGE (id);
                CREATE TABLE first PARTITION OF events FOR VALUES FROM (1) TO (2);
                CREATE VIEW newest AS SELECT * FROM events;
                ALTER TABLE events OWNER TO ownerNN;
                GRANT SELECT, TRUNCATE ON events TO readerNN WITH GRANT OPTION;
                GRANT UPDATE (body) ON events TO readerNN;
                GRANT SELECT ON first TO PUBLIC
                """);

        Moves moves = fixture.find(compat(fixture, "events", "newest"));

        assertEquals(List.of("public.events", "public.first"), wanted(moves, CompatView.class));
        CompatView view = moves.wanted().keySet().stream()
                .filter(CompatView.class::isInstance)
                .map(CompatView.class::cast)
                .filter(v -> v.name().equals("events"))
                .findFirst()
                .orElseThrow();
        assertEquals(
                List.of(
                        "ownerNN SELECT", "ownerNN INSERT", "ownerNN UPDATE", "ownerNN DELETE", "readerNN SELECT*",
                        "readerNN UPDATE(body)"),
                view.acl().stream()
                        .map(entry -> entry.grantee() + " " + entry.privilege()
                                + entry.column().map(column -> "(" + column + ")").orElse("")
                                + (entry.grantable() ? "*" : ""))
                        .map(text -> text.replaceAll("\\d+ ", "NN "))
                        .toList());
        assertEquals(List.of(), hazards(moves, Hazard.PUBLIC_ACCESS));
        assertEquals(
                List.of(
                        "audit: every role has rights on public.first, and keeps them on the views that are left"
                                + " there, not in audit",
                        "audit: the views left as public.events, public.first cannot do all that tables can: COPY …"
                                + " FROM, TRUNCATE and ALTER TABLE are to say audit"),
                moves.notes());
        fixture.move(moves);
        fixture.run("CREATE ROLE anybodyNN; SET ROLE anybodyNN; SELECT * FROM public.first");
        fixture.run("SET ROLE ownerNN; INSERT INTO public.events VALUES (1, 'x')");
        assertEquals(List.of(), wanted(fixture.find(compat(fixture, "events", "first")), Placement.class));
    }

    @Tag("full")
    @Test
    void noViewsAreLeftBefore15() {
        assumeTrue(TestPostgres.isAvailable(14), "no binaries of PostgreSQL 14");
        MoveFixture fixture = MoveFixture.on(14, folder).run("CREATE TABLE events (id integer)");

        assertEquals(
                List.of("audit: `views: compat` needs PostgreSQL 15, and this is 14: before, a view uses the table with"
                        + " the rights of its own owner, and sees past row security — say `views: none`, and let"
                        + " clients say audit instead of public"),
                refusals(fixture.find(compat(fixture, "events"))));
    }

    private static MoveRequest compat(MoveFixture fixture, String... tables) {
        return new MoveRequest(
                "audit", fixture.numbered("auditNN"), "public", "audit", List.of(tables), true, false);
    }
}
