package io.provision.postgres.migration;

import static io.provision.postgres.migration.MoveFixture.moved;
import static io.provision.postgres.migration.MoveFixture.refusals;
import static io.provision.postgres.migration.MoveFixture.wanted;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.provision.plan.MigrationResource.SequenceUsage;
import io.provision.plan.Moves;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What has to be moved along with a table, and what stays and is told: sequences and extended statistics. */
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
        MoveFixture fixture = MoveFixture.in(folder).run("""
                CREATE TABLE events (id serial, "No" serial);
                CREATE TABLE other (
                  id bigint DEFAULT nextval('public.events_id_seq'::text),
                  no bigint DEFAULT nextval('public."events_No_seq"'::text))
                """);

        assertEquals(
                List.of(
                        "audit: the sequence public.events_No_seq moves, and the default of public.other.no finds it by"
                                + " text — let the default say nextval('\"public\".\"events_No_seq\"'::regclass),"
                                + " which finds it wherever it stands",
                        "audit: the sequence public.events_id_seq moves, and the default of public.other.id finds it by"
                                + " text — let the default say nextval('\"public\".\"events_id_seq\"'::regclass),"
                                + " which finds it wherever it stands"),
                refusals(fixture.find("events")));
        fixture.run("""
                ALTER TABLE other
                  ALTER id SET DEFAULT nextval('"public"."events_id_seq"'::regclass),
                  ALTER no SET DEFAULT nextval('"public"."events_No_seq"'::regclass)
                """);
        assertEquals(List.of(), refusals(fixture.find("events")));
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
}
