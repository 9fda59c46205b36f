package io.provision.postgres.migration;

import static io.provision.postgres.migration.MoveFixture.hazards;
import static io.provision.postgres.migration.MoveFixture.moved;
import static io.provision.postgres.migration.MoveFixture.refusals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.provision.plan.Hazard;
import io.provision.plan.Moves;
import io.provision.testing.TestPostgres;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names in texts that nobody reads before they run: functions, jobs, tools, subscriptions. */
class MoveTextsTest {

    @TempDir
    private Path folder;

    @Test
    void functionsThatNameWhatMovesAreHazards() {
        Moves moves = MoveFixture.in(folder)
                .run("""
                        CREATE TABLE events (id serial, at date);
                        CREATE TABLE "Odd one" (id integer);
                        CREATE TYPE level AS ENUM ('low');
                        CREATE TABLE metrics (l level);
                        CREATE SCHEMA reports;
                        CREATE FUNCTION reports.newest() RETURNS date LANGUAGE sql AS $$
                          -- the newest
                          SELECT max(at) FROM events; SELECT max(e.at) FROM Public.Events AS e $$;
                        CREATE FUNCTION reports.odd() RETURNS integer LANGUAGE sql AS
                          'SELECT count(*)::integer FROM "public"."Odd one"';
                        CREATE PROCEDURE cleanup() LANGUAGE plpgsql AS $$
                        BEGIN
                          EXECUTE format('DELETE FROM events');
                        END $$;
                        CREATE FUNCTION next_id() RETURNS bigint LANGUAGE plpgsql AS
                          'BEGIN RETURN nextval(''public.events_id_seq''); END';
                        CREATE FUNCTION fixed() RETURNS bigint LANGUAGE plpgsql SET search_path = public, pg_temp AS
                          'BEGIN RETURN (SELECT count(*) FROM events); END';
                        CREATE FUNCTION is_low(text) RETURNS boolean LANGUAGE plpgsql AS
                          'BEGIN RETURN $1::public.level = ''low''; END'
                        """)
                .find("events", "Odd?one", "metrics");

        assertEquals(
                List.of(
                        "the function public.fixed() names events without a schema, and its SET search_path = public,"
                                + " pg_temp does not find it in audit: BEGIN RETURN (SELECT count(*) FROM events); END",
                        "the function public.is_low(text) names public.level: BEGIN RETURN $1::public.level = 'low';"
                                + " END",
                        "the function public.next_id() names public.events_id_seq: BEGIN RETURN"
                                + " nextval('public.events_id_seq'); END",
                        "the function reports.newest() names public.events: SELECT max(at) FROM events; SELECT"
                                + " max(e.at) FROM Public.Events AS e",
                        "the function reports.odd() names public.Odd one: SELECT count(*)::integer FROM"
                                + " \"public\".\"Odd one\"",
                        "the procedure public.cleanup() names events without a schema: EXECUTE format('DELETE FROM"
                                + " events');"),
                hazards(moves, Hazard.FUNCTION_TEXT));
    }

    @Test
    void functionsThatDoNotNameItOrFindItStillAreNone() {
        Moves moves = MoveFixture.in(folder)
                .run("""
                        CREATE TABLE events (id integer);
                        CREATE TABLE other (events integer);
                        CREATE TYPE level AS ENUM ('low');
                        CREATE TABLE metrics (l level);
                        CREATE FUNCTION words() RETURNS text LANGUAGE sql AS $$ SELECT 'eventsful level' $$;
                        CREATE FUNCTION columns() RETURNS bigint LANGUAGE sql AS
                          'SELECT count(o.events) FROM other o';
                        CREATE FUNCTION elsewhere() RETURNS text LANGUAGE sql AS $$ SELECT 'audit.events' $$;
                        CREATE FUNCTION parsed() RETURNS bigint LANGUAGE sql
                          RETURN (SELECT count(*) FROM events);
                        CREATE FUNCTION both_places() RETURNS bigint LANGUAGE plpgsql SET search_path = audit, public AS
                          'BEGIN RETURN (SELECT count(*) FROM events); END'
                        """)
                .find("events", "metrics");

        assertEquals(List.of(), hazards(moves, Hazard.FUNCTION_TEXT));
        assertEquals(
                List.of("audit: function public.parsed() stays and goes on working: what moves is found by its OID"),
                moves.notes());
    }

    @Test
    void aLongLineIsShortenedAroundTheName() {
        Moves moves = MoveFixture.in(folder)
                .run("CREATE TABLE events (id integer)")
                .run("CREATE FUNCTION long() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) "
                        + "/* %1$s */ FROM public.events /* %1$s */'".formatted("x".repeat(100)))
                .find("events");

        assertEquals(
                List.of("the function public.long() names public.events: …" + "x".repeat(24)
                        + " */ FROM public.events /* " + "x".repeat(30) + "…"),
                hazards(moves, Hazard.FUNCTION_TEXT));
    }

    @Test
    void jobsAndPartitionManagersThatKeepNamesAreHazards() {
        MoveFixture fixture = MoveFixture.in(folder)
                .tools(
                        new KeptNames.Tool("plpgsql", "job", "command"),
                        new KeptNames.Tool("plpgsql", "part_config", "parent_table"))
                .run("""
                        CREATE TABLE events (id integer);
                        ALTER TABLE events OWNER TO auditNN;
                        CREATE SCHEMA cron;
                        CREATE TABLE cron.job (jobid bigint, command text);
                        INSERT INTO cron.job VALUES (1, 'VACUUM public.events'), (2, 'SELECT 1');
                        ALTER EXTENSION plpgsql ADD TABLE cron.job;
                        CREATE SCHEMA partman;
                        CREATE TABLE partman.part_config (parent_table text);
                        INSERT INTO partman.part_config VALUES ('public.events'), ('public.other');
                        ALTER EXTENSION plpgsql ADD TABLE partman.part_config
                        """);
        List<String> expected = List.of(
                "plpgsql keeps the name of public.events in cron.job: VACUUM public.events",
                "plpgsql keeps the name of public.events in partman.part_config: public.events");

        assertEquals(expected, hazards(fixture.find("events"), Hazard.TOOL));

        TestPostgres.Login login = fixture.login("auditNN");
        Moves unseen = fixture.find("events");
        assertEquals(List.of(), hazards(unseen, Hazard.TOOL));
        assertEquals(
                List.of(
                        "audit: what plpgsql keeps in cron.job may name what moves: the login %s may not read all of it"
                                .formatted(login.name()),
                        "audit: what plpgsql keeps in partman.part_config may name what moves: the login %s may not"
                                .formatted(login.name()) + " read all of it"),
                unseen.notes());
    }

    @Test
    void aSubscriptionThatWritesToItIsAHazard() {
        MoveFixture fixture = MoveFixture.in(folder).run("""
                CREATE TABLE events (id integer);
                ALTER TABLE events OWNER TO auditNN
                """);
        fixture.run("CREATE SUBSCRIPTION \"copyNN\" CONNECTION 'host=127.0.0.1 port=1' PUBLICATION p WITH (connect ="
                + " false)");
        fixture.run("INSERT INTO pg_subscription_rel (srsubid, srrelid, srsubstate) SELECT oid,"
                + " 'events'::regclass, 'r' FROM pg_subscription WHERE subname = 'copyNN'");
        fixture.login("auditNN");

        assertEquals(
                List.of(fixture.numbered("the subscription copyNN writes to public.events under this name, and stops"
                        + " with an error when it does not find it")),
                hazards(fixture.find("events"), Hazard.SUBSCRIPTION));

        fixture.run("DELETE FROM pg_subscription_rel");
        fixture.run("ALTER SUBSCRIPTION \"copyNN\" SET (slot_name = NONE)");
        fixture.run("DROP SUBSCRIPTION \"copyNN\"");
    }

    @Test
    void functionsOfTriggersStayUnlessTheyAreNamed() {
        MoveFixture fixture = MoveFixture.in(folder).run("""
                CREATE TABLE events (id integer);
                CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
                CREATE TRIGGER touched BEFORE UPDATE ON events FOR EACH ROW EXECUTE FUNCTION touch()
                """);

        assertEquals(
                List.of("audit: of the functions of triggers public.touch() stays, found by OID; name it in"
                        + " `migrate.tables` to move it"),
                fixture.find("events").notes());
        Moves named = fixture.find("events", "touch()");
        assertEquals(List.of("function touch()", "table events"), moved(named));
        assertEquals(List.of(), named.notes());
        fixture.move(named);
        fixture.run("INSERT INTO audit.events VALUES (1); UPDATE audit.events SET id = 2");
    }

    @Test
    void aFunctionThatNeedsItsPlaceMustNotMove() {
        Moves moves = MoveFixture.in(folder)
                .run("""
                        CREATE FUNCTION pathed() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS
                          'BEGIN RETURN NEW; END';
                        CREATE FUNCTION naming() RETURNS trigger LANGUAGE plpgsql AS
                          'BEGIN INSERT INTO public.log VALUES (1); RETURN NEW; END';
                        CREATE FUNCTION free() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS
                          'BEGIN RETURN NEW; END'
                        """)
                .find("pathed()", "naming()", "free()");

        assertEquals(
                List.of(
                        "audit: the function public.naming() must not move: its body names the schema public (BEGIN"
                                + " INSERT INTO public.log VALUES (1); RETURN NEW; END) — take it out of"
                                + " `migrate.tables`: its triggers find it where it stands",
                        "audit: the function public.pathed() must not move: it looks for names by its SET search_path ="
                                + " public — take it out of `migrate.tables`: its triggers find it where it stands"),
                refusals(moves));
    }
}
