package io.provision.postgres.migration;

import static io.provision.postgres.migration.MoveFixture.moved;
import static io.provision.postgres.migration.MoveFixture.refusals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.provision.plan.MoveRequest;
import io.provision.plan.Moves;
import io.provision.testing.TestPostgres;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which types move along with a table whose columns are of them, and which stay and are told. */
class MoveTypesTest {

    @TempDir
    private Path folder;

    @Test
    void typesThatOnlyMovingTablesUseMoveAlong() {
        MoveFixture fixture = MoveFixture.in(folder).run("""
                CREATE TYPE level AS ENUM ('low', 'high');
                CREATE DOMAIN severity AS level CHECK (VALUE <> 'low');
                CREATE TYPE place AS (x integer, how level);
                CREATE TYPE deep AS (places place[]);
                CREATE TABLE events (
                  id integer, s severity DEFAULT 'high', d deep, CHECK (s::level <> 'low'));
                CREATE INDEX high_ones ON events (id) WHERE s::level = 'high';
                CREATE VIEW newest AS SELECT s::text FROM events
                """);

        Moves moves = fixture.find("events", "newest");

        assertEquals(
                List.of("domain severity", "table events", "type deep", "type level", "type place", "view newest"),
                moved(moves));
        assertEquals(List.of(), moves.notes());
        fixture.move(moves);
    }

    /** What uses the type, and how the note names it. */
    @Test
    void aTypeThatSomethingElseUsesTooStays() {
        Moves moves = MoveFixture.in(folder)
                .run("""
                        CREATE TYPE level AS ENUM ('low', 'high');
                        CREATE TYPE state AS ENUM ('on', 'off');
                        CREATE TYPE kind AS ENUM ('a', 'b');
                        CREATE TYPE color AS ENUM ('red');
                        CREATE TYPE own AS ENUM ('x');
                        CREATE TYPE pair AS (l level, o own);
                        CREATE DOMAIN colored AS color;
                        CREATE TABLE events (l level, s state[], k kind, c color, p pair);
                        CREATE TABLE other (l level[]);
                        CREATE FUNCTION is_on(state) RETURNS boolean LANGUAGE sql AS 'SELECT $1 = ''on''';
                        CREATE CAST (text AS kind) WITH INOUT
                        """)
                .find("events");

        assertEquals(List.of("table events", "type own", "type pair"), moved(moves));
        assertEquals(
                List.of(
                        "audit: the type public.color stays where it is, and is still found there: "
                                + "a type that stays is made of it",
                        "audit: the type public.kind stays where it is, and is still found there: "
                                + "cast from text to public.kind uses it, too",
                        "audit: the type public.level stays where it is, and is still found there: "
                                + "column l of table public.other uses it, too",
                        "audit: the type public.state stays where it is, and is still found there: "
                                + "function public.is_on(public.state) uses it, too"),
                moves.notes());
    }

    @Test
    void aTypeThatTwoInstancesUseStays() {
        MoveFixture fixture = MoveFixture.in(folder).run("""
                CREATE TYPE level AS ENUM ('low', 'high');
                CREATE TABLE events (l level);
                CREATE TABLE risks (l level);
                CREATE SCHEMA risk
                """);

        Moves moves = fixture.find(
                fixture.request("events"),
                new MoveRequest("risk", fixture.numbered("auditNN"), "public", "risk", List.of("risks"), false, false));

        assertEquals(List.of("table events", "table risks"), moved(moves));
        assertEquals(2, moves.notes().size(), () -> moves.notes().toString());
    }

    @Test
    void aRangeMovesWithItsMultirangeAndConstructors() {
        assertEquals(
                List.of(
                        "function span(double precision, double precision)",
                        "function span(double precision, double precision, text)",
                        "function span_multirange()",
                        "function span_multirange(VARIADIC public.span[])",
                        "function span_multirange(public.span)",
                        "table events", "type span", "type span_multirange"),
                rangeMoves(TestPostgres.DEFAULT_MAJOR));
    }

    @Tag("full")
    @ParameterizedTest
    @ValueSource(ints = {14, 15, 16, 18})
    void aRangeMovesWithItsMultirangeOn(int major) {
        assumeTrue(TestPostgres.isAvailable(major), "no binaries of PostgreSQL " + major);

        assertEquals(8, rangeMoves(major).size());
    }

    @Tag("full")
    @Test
    void aRangeHasNoMultirangeBefore14() {
        assumeTrue(TestPostgres.isAvailable(13), "no binaries of PostgreSQL 13");

        assertEquals(
                List.of(
                        "function span(double precision, double precision)",
                        "function span(double precision, double precision, text)",
                        "table events", "type span"),
                rangeMoves(13));
    }

    private List<String> rangeMoves(int major) {
        MoveFixture fixture = MoveFixture.on(major, folder).run("""
                CREATE TYPE span AS RANGE (subtype = double precision);
                CREATE TABLE events (at span, all_of span[])
                """);

        Moves moves = fixture.find("events");

        assertEquals(List.of(), refusals(moves));
        fixture.move(moves);
        assertEquals(
                List.of("0"),
                fixture.ecosystem().query("""
                        SELECT count(*)
                        FROM (
                          SELECT typnamespace FROM pg_type UNION ALL SELECT pronamespace FROM pg_proc
                        ) left_behind (place)
                        WHERE place = 'public'::regnamespace
                        """));
        return moved(moves);
    }

    /** Its constructors belong to the first superuser. */
    @Test
    void aRangeStaysWhereTheLoginIsNoSuperuser() {
        MoveFixture fixture = MoveFixture.in(folder);
        fixture.login("auditNN");

        Moves moves = fixture.run("""
                        CREATE TYPE span AS RANGE (subtype = double precision);
                        CREATE TABLE events (at span);
                        ALTER TABLE events OWNER TO auditNN;
                        """)
                .find("events");

        assertEquals(List.of("table events"), moved(moves));
        assertEquals(
                List.of("audit: the type public.span stays where it is, and is still found there: "
                        + "its constructors belong to the server's first superuser"),
                moves.notes());
        assertEquals(List.of(), refusals(moves));
    }

    @Test
    void aTypeOfAnExtensionStays() {
        Moves moves = MoveFixture.in(folder)
                .run("CREATE EXTENSION citext; CREATE TABLE events (name citext)")
                .find("events");

        assertEquals(List.of("table events"), moved(moves));
        assertEquals(List.of(), refusals(moves));
        assertEquals(
                List.of("audit: the type public.citext stays where it is, and is still found there: it belongs to an"
                        + " extension"),
                moves.notes());
    }
}
