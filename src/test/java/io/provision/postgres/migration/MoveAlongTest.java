package io.provision.postgres.migration;

import static io.provision.postgres.migration.MoveFixture.moved;
import static io.provision.postgres.migration.MoveFixture.refusals;
import static io.provision.postgres.migration.MoveFixture.wanted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.provision.plan.MigrationResource.SequenceUsage;
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

/** What has to be moved along with a table, and what stays and is told: sequences, types, extended statistics. */
class MoveAlongTest {

    @TempDir
    private Path folder;

    @Test
    void whatGoesByItselfIsNotMoved() {
        MoveFixture fixture = MoveFixture.in(folder).run("""
                CREATE TABLE events (
                  id serial PRIMARY KEY, number integer GENERATED ALWAYS AS IDENTITY, body text, CHECK (id > 0));
                CREATE INDEX events_body ON events (body);
                ALTER TABLE events ENABLE ROW LEVEL SECURITY;
                CREATE POLICY mine ON events USING (true);
                CREATE RULE quiet AS ON DELETE TO events DO INSTEAD NOTHING
                """);

        Moves moves = fixture.find("events");

        assertEquals(List.of("table events"), moved(moves));
        assertEquals(List.of(), refusals(moves));
        fixture.move(moves);
        assertEquals(
                List.of("events", "events_body", "events_id_seq", "events_number_seq", "events_pkey"),
                fixture.ecosystem().query(
                        "SELECT relname FROM pg_class WHERE relnamespace = 'audit'::regnamespace ORDER BY 1"));
    }

    @Test
    void extendedStatisticsMoveAlong() {
        MoveFixture fixture = MoveFixture.in(folder).run("""
                CREATE TABLE events (a integer, b integer);
                CREATE SCHEMA stats;
                CREATE STATISTICS together ON a, b FROM events;
                CREATE STATISTICS stats.elsewhere ON b, a FROM events
                """);

        Moves moves = fixture.find("events");

        assertEquals(List.of("statistics together", "table events"), moved(moves));
        fixture.move(moves);
    }

    @Test
    void aSequenceThatOnlyMovingTablesUseMovesAlong() {
        MoveFixture fixture = MoveFixture.in(folder).run("""
                CREATE SEQUENCE tickets;
                CREATE TABLE events (id bigint DEFAULT nextval('tickets'));
                CREATE TABLE metrics (id bigint DEFAULT nextval('tickets'))
                """);

        Moves moves = fixture.find("events", "metrics");

        assertEquals(List.of("sequence tickets", "table events", "table metrics"), moved(moves));
        fixture.move(moves);
    }

    @Test
    void aSequenceThatOthersUseTooStaysAndMayBeUsed() {
        MoveFixture fixture = MoveFixture.in(folder).run("""
                CREATE SEQUENCE tickets;
                CREATE TABLE events (id bigint DEFAULT nextval('tickets'));
                CREATE TABLE other (id bigint DEFAULT nextval('tickets'), number serial);
                CREATE TABLE metrics (id bigint DEFAULT nextval('other_number_seq'))
                """);

        Moves moves = fixture.find("events", "metrics");

        assertEquals(List.of("table events", "table metrics"), moved(moves));
        assertEquals(
                List.of(
                        fixture.numbered("public.other_number_seq to auditNN"),
                        fixture.numbered("public.tickets to auditNN")),
                wanted(moves, SequenceUsage.class));
        assertEquals(
                List.of(
                        "audit: the sequence public.other_number_seq stays where it is, and is still found there: "
                                + "default value for column number of table public.other uses it, too",
                        "audit: the sequence public.tickets stays where it is, and is still found there: "
                                + "default value for column id of table public.other uses it, too"),
                moves.notes());
        fixture.move(moves);
        assertEquals(
                List.of("t"),
                fixture.ecosystem().query("SELECT has_sequence_privilege('auditNN', 'public.tickets', 'USAGE')"));
    }

    @Test
    void aSequenceThatADefaultFindsByTextStays() {
        MoveFixture fixture = MoveFixture.in(folder).run("""
                CREATE SEQUENCE tickets;
                CREATE SEQUENCE "Odd ones";
                CREATE SEQUENCE numbers;
                CREATE TABLE events (
                  id bigint DEFAULT nextval('public.tickets'::text::regclass),
                  odd bigint DEFAULT nextval('"Odd ones"'::text),
                  number bigint DEFAULT nextval('numbers'));
                CREATE TABLE other (number bigint DEFAULT nextval('numbers'::text))
                """);

        Moves moves = fixture.find("events");

        assertEquals(List.of("table events"), moved(moves));
        assertEquals(
                List.of(
                        fixture.numbered("public.Odd ones to auditNN"),
                        fixture.numbered("public.numbers to auditNN"),
                        fixture.numbered("public.tickets to auditNN")),
                wanted(moves, SequenceUsage.class));
        assertEquals(List.of(), refusals(moves));
        fixture.move(moves);
    }

    @Test
    void aSerialThatADefaultFindsByTextForbidsTheMove() {
        Moves moves = MoveFixture.in(folder)
                .run("""
                        CREATE TABLE events (id serial);
                        CREATE TABLE other (id bigint DEFAULT nextval('public.events_id_seq'::text))
                        """)
                .find("events");

        assertEquals(
                List.of("audit: the sequence public.events_id_seq moves, and the default of public.other.id finds it by"
                        + " text — let the default say nextval('public.events_id_seq'::regclass), which finds it"
                        + " wherever it stands"),
                refusals(moves));
    }

    @Test
    void aSequenceOfATableThatStaysIsNotMoved() {
        Moves moves = MoveFixture.in(folder)
                .run("CREATE TABLE events (id serial); CREATE TABLE other (id serial)")
                .find("events", "events_id_seq", "other_id_seq");

        assertEquals(
                List.of("audit: public.other_id_seq belongs to a column of public.other, which does not move, and moves"
                        + " only with it — name other in `migrate.tables`, or take the sequence out"),
                refusals(moves));
    }

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
