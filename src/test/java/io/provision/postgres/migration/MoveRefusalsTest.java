package io.provision.postgres.migration;

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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What forbids a move is found before anything is touched, each with what would help. */
class MoveRefusalsTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "TABLE audit.events (a integer)      | public.events | the relation audit.events stands",
        "VIEW audit.events_pkey AS SELECT 1  | public.events_pkey, which goes with public.events,"
                + " | the relation audit.events_pkey stands",
        "SEQUENCE audit.events_id_seq        | public.events_id_seq, which goes with public.events,"
                + " | the relation audit.events_id_seq stands",
        "TYPE audit.events AS ENUM ()        | public.events | the type audit.events stands",
        "DOMAIN audit._events AS integer     | public.events"
                + " | the type audit._events stands under the name of its array type",
        "DOMAIN audit.level AS integer       | public.level | the type audit.level stands",
        "STATISTICS audit.s ON a, b FROM t   | public.s | the extended statistics audit.s stand",
        "FUNCTION audit.touch() RETURNS integer LANGUAGE sql AS 'SELECT 1'"
                + " | public.touch() | the function audit.touch stands",
    })
    void aNameThatIsTakenForbidsTheMove(String standing, String moving, String taken) {
        Moves moves = MoveFixture.in(folder)
                .run("""
                        CREATE TYPE level AS ENUM ('low', 'high');
                        CREATE TABLE events (id serial PRIMARY KEY, l level, a integer);
                        CREATE STATISTICS s ON id, a FROM events;
                        CREATE TABLE t (a integer, b integer);
                        CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'
                        """)
                .run("CREATE " + standing)
                .find("events", "touch()");

        assertEquals(
                List.of("audit: %s cannot move to the schema audit, where %s — rename one of the two, or drop the one"
                        .formatted(moving, taken) + " in audit if nobody needs it"),
                refusals(moves));
    }

    @Test
    void twoThatGoToOneSchemaUnderOneNameForbidEachOther() {
        MoveFixture fixture = MoveFixture.in(folder).run("""
                CREATE SCHEMA old;
                CREATE TABLE events (id serial);
                CREATE TABLE old.events (id serial)
                """);
        String role = fixture.numbered("auditNN");

        Moves moves = fixture.find(
                fixture.request("events"),
                new MoveRequest("second", role, "old", "audit", List.of("events"), false, false));

        assertEquals(
                List.of("second: public.events, for audit, and old.events cannot both move to the schema audit"
                        + " — rename one of them first"),
                refusals(moves));
    }

    @Test
    void aMemberOfAnExtensionDoesNotMove() {
        Moves moves = MoveFixture.in(folder)
                .run("CREATE EXTENSION pg_stat_statements; CREATE TABLE events (id integer)")
                .run("ALTER EXTENSION pg_stat_statements ADD TABLE events")
                .find("event*", "pg_stat_statements_info");

        assertEquals(
                List.of(
                        "audit: public.events is a member of the extension pg_stat_statements, which it would break by"
                                + " moving — take it out of `migrate.tables`; a glob must not match it",
                        "audit: public.pg_stat_statements_info is a member of the extension pg_stat_statements, which"
                                + " it would break by moving — take it out of `migrate.tables`; a glob must not match"
                                + " it"),
                refusals(moves));
    }

    @Test
    void anOwnerForWhomTheLoginCannotActForbidsTheMove() {
        MoveFixture fixture = MoveFixture.in(folder).run("""
                CREATE ROLE thirdNN;
                CREATE TYPE level AS ENUM ('low');
                CREATE TABLE events (l level);
                CREATE TABLE metrics (id integer);
                ALTER TABLE events OWNER TO thirdNN;
                ALTER TYPE level OWNER TO thirdNN;
                ALTER TABLE metrics OWNER TO auditNN
                """);
        TestPostgres.Login login = fixture.login();

        Moves moves = fixture.find("events", "metrics");

        assertEquals(
                List.of(fixture.numbered("audit: the login %s lacks the privileges of thirdNN, who owns public.events,"
                                .formatted(login.name())
                        + " public.level — let somebody who may run: GRANT \"thirdNN\" TO \"%s\";"
                                .formatted(login.name()))),
                refusals(moves));
        fixture.run("GRANT thirdNN TO %1$s; GRANT auditNN TO %1$s".formatted(login.name()));
        assertEquals(List.of(), refusals(fixture.find("events", "metrics")));
        fixture.move(fixture.find("events", "metrics"));
    }

    @Test
    void whatASuperuserOwnsIsToBeGivenToAnotherRole() {
        MoveFixture fixture = MoveFixture.in(folder).run("CREATE TABLE events (id integer)");
        TestPostgres.Login login = fixture.login();

        assertEquals(
                List.of("audit: the login %s lacks the privileges of postgres, who owns public.events — give"
                        .formatted(login.name())
                        + " public.events to another role: nobody should be a member of the superuser postgres"),
                refusals(fixture.find("events")));
    }

    @ParameterizedTest
    @ValueSource(ints = TestPostgres.DEFAULT_MAJOR)
    void aMembershipThatIsNotInheritedDoesNotSuffice(int major) {
        MoveFixture fixture = MoveFixture.on(major, folder).run("""
                CREATE ROLE thirdNN;
                CREATE TABLE events (id integer);
                ALTER TABLE events OWNER TO thirdNN
                """);
        TestPostgres.Login login = fixture.login("thirdNN");
        fixture.run("ALTER ROLE %s NOINHERIT".formatted(login.name()));
        if (major >= 16) {
            fixture.run("GRANT thirdNN TO %s WITH INHERIT FALSE".formatted(login.name()));
        }
        String remedy = major < 16
                ? "ALTER ROLE \"%s\" INHERIT;".formatted(login.name())
                : fixture.numbered("GRANT \"thirdNN\" TO \"%s\" WITH INHERIT TRUE;".formatted(login.name()));

        List<String> refusals = refusals(fixture.find("events"));

        assertEquals(1, refusals.size(), refusals::toString);
        assertEquals(remedy, refusals.get(0).replaceFirst(".*let somebody who may run: ", ""));
        fixture.run(remedy);
        assertEquals(List.of(), refusals(fixture.find("events")));
    }

    @Tag("full")
    @ParameterizedTest
    @ValueSource(ints = {13, 15, 16, 18})
    void aMembershipThatIsNotInheritedDoesNotSufficeOn(int major) {
        assumeTrue(TestPostgres.isAvailable(major), "no binaries of PostgreSQL " + major);

        aMembershipThatIsNotInheritedDoesNotSuffice(major);
    }

    @Test
    void withoutAWayBackThereIsNoWayOut() {
        MoveFixture fixture = MoveFixture.in(folder).run("""
                CREATE ROLE thirdNN;
                CREATE TABLE events (id integer);
                ALTER TABLE events OWNER TO thirdNN
                """);
        TestPostgres.Login login = fixture.login("thirdNN");
        fixture.run("REVOKE CREATE ON SCHEMA public FROM " + login.name());

        List<String> refusals = refusals(fixture.find("events"));

        assertEquals(
                List.of("audit: the login %1$s lacks CREATE on the schema public, and without it nothing could go back"
                        .formatted(login.name())
                        + " there — let somebody who may run: GRANT CREATE ON SCHEMA \"public\" TO \"%s\";"
                                .formatted(login.name())),
                refusals);
    }

    /** Before 15 everybody may make things in public. */
    @Tag("full")
    @Test
    void theWayBackIsOpenToEverybodyBefore15() {
        assumeTrue(TestPostgres.isAvailable(14), "no binaries of PostgreSQL 14");
        MoveFixture fixture = MoveFixture.on(14, folder).run("""
                CREATE ROLE thirdNN;
                CREATE TABLE events (id integer);
                ALTER TABLE events OWNER TO thirdNN
                """);
        TestPostgres.Login login = fixture.login("thirdNN");
        fixture.run("REVOKE CREATE ON SCHEMA public FROM " + login.name());

        assertEquals(List.of(), refusals(fixture.find("events")));
    }

    @Test
    void anOwnerWhoCouldNotGetItBackForbidsThatTheRoleOwnsIt() {
        MoveFixture fixture = MoveFixture.in(folder).run("""
                CREATE ROLE thirdNN;
                CREATE TABLE events (id integer);
                ALTER TABLE events OWNER TO thirdNN
                """);
        TestPostgres.Login login = fixture.login("thirdNN", "auditNN");
        fixture.run("GRANT thirdNN TO %s WITH SET FALSE".formatted(login.name()));
        MoveRequest owned = new MoveRequest(
                "audit", fixture.numbered("auditNN"), "public", "audit", List.of("events"), false, true);

        Moves moves = fixture.find(owned);

        assertEquals(
                List.of(
                        fixture.numbered("audit: the login %1$s may not act as thirdNN, who owns public.events, and"
                                        + " could not give it back — let somebody who may run: GRANT \"thirdNN\" TO"
                                        + " \"%1$s\" WITH SET TRUE;")
                                .formatted(login.name()),
                        fixture.numbered("audit: the owner thirdNN lacks CREATE on the schema public, and without it"
                                + " nothing could go back there — let somebody who may run: GRANT CREATE ON SCHEMA"
                                + " \"public\" TO \"thirdNN\";")),
                refusals(moves));
        fixture.run("GRANT thirdNN TO %s WITH SET TRUE; GRANT CREATE ON SCHEMA public TO thirdNN"
                .formatted(login.name()));
        Moves allowed = fixture.find(owned);
        assertEquals(List.of(), refusals(allowed));
        fixture.move(allowed);
        assertEquals(
                List.of(fixture.numbered("auditNN")),
                fixture.ecosystem().query("SELECT relowner::regrole FROM pg_class WHERE relname = 'events'"));
    }
}
