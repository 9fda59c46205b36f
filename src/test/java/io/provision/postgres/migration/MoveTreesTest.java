package io.provision.postgres.migration;

import static io.provision.postgres.migration.MoveFixture.moved;
import static io.provision.postgres.migration.MoveFixture.refusals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.provision.plan.MoveRequest;
import io.provision.plan.Moves;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which objects are meant, and the partitions and children below them. */
class MoveTreesTest {

    @TempDir
    private Path folder;

    @Test
    void whereNothingMatchesTwoQueriesAreAsked() {
        MoveFixture fixture = MoveFixture.in(folder);

        Moves moves = fixture.find("audit_events", "metrics_*", "touch()");

        assertEquals(Map.of(), moves.wanted());
        assertEquals(2, fixture.sent().size(), () -> fixture.sent().toString());
    }

    @Test
    void forManyInstancesNoMoreIsAskedThanForOne() {
        MoveFixture fixture = MoveFixture.in(folder).run("""
                CREATE TYPE level AS ENUM ('low');
                CREATE SEQUENCE tickets;
                DO $$
                BEGIN
                  FOR i IN 1..20 LOOP
                    EXECUTE format('CREATE TABLE t%s (l level, id bigint DEFAULT nextval(''tickets''))', i);
                    EXECUTE format('CREATE SCHEMA s%s', i);
                  END LOOP;
                END $$
                """);
        Moves one = fixture.find("t1");
        int asked = fixture.sent().size();

        Moves many = fixture.find(IntStream.rangeClosed(1, 20)
                .mapToObj(i -> new MoveRequest(
                        "i" + i, fixture.numbered("auditNN"), "public", "s" + i, List.of("t" + i), false, false))
                .toArray(MoveRequest[]::new));

        assertEquals(List.of("table t1"), moved(one));
        assertEquals(20, moved(many).size());
        assertEquals(asked, fixture.sent().size());
    }

    @Test
    void aNameMeansARelationOfAnyKind() {
        Moves moves = MoveFixture.in(folder)
                .run("""
                        CREATE TABLE events (id integer);
                        CREATE VIEW newest AS SELECT * FROM events;
                        CREATE MATERIALIZED VIEW totals AS SELECT count(*) FROM events;
                        CREATE SEQUENCE tickets;
                        CREATE FOREIGN DATA WRAPPER nothing;
                        CREATE SERVER nowhere FOREIGN DATA WRAPPER nothing;
                        CREATE FOREIGN TABLE far (id integer) SERVER nowhere;
                        CREATE TABLE other (id integer)
                        """)
                .find("events", "newest", "totals", "tickets", "far");

        assertEquals(
                List.of(
                        "foreign table far", "materialized view totals", "sequence tickets", "table events",
                        "view newest"),
                moved(moves));
        assertEquals(List.of(), refusals(moves));
    }

    @Test
    void aGlobMeansTablesOnly() {
        Moves moves = MoveFixture.in(folder)
                .run("""
                        CREATE TABLE audit_events (id serial);
                        CREATE TABLE "audit.log" (id integer);
                        CREATE TABLE audit_queue (id integer) PARTITION BY RANGE (id);
                        CREATE VIEW audit_newest AS SELECT * FROM audit_events;
                        CREATE TABLE auditor (id integer);
                        CREATE TABLE other_audit (id integer)
                        """)
                .find("audit_*", "*_?udit");

        assertEquals(List.of("table audit_events", "table audit_queue", "table other_audit"), moved(moves));
    }

    @Test
    void aLetterOfAGlobIsALetterAndNoPattern() {
        Moves moves = MoveFixture.in(folder)
                .run("""
                        CREATE TABLE "a%b_c" (id integer);
                        CREATE TABLE "aXb_c" (id integer);
                        CREATE TABLE "überall" (id integer);
                        CREATE TABLE "Überall" (id integer)
                        """)
                .find("a%b?c", "ü*");

        assertEquals(List.of("table a%b_c", "table überall"), moved(moves));
    }

    @Test
    void whatIsInAnIndexIsNotMovedByItself() {
        Moves moves = MoveFixture.in(folder)
                .run("CREATE TABLE events (id integer PRIMARY KEY); CREATE TYPE pair AS (a integer)")
                .find("events_pkey", "pair");

        assertEquals(
                List.of(
                        "audit: public.events_pkey is an index, which does not move by itself"
                                + " — take it out of `migrate.tables`",
                        "audit: public.pair is a composite type, which does not move by itself"
                                + " — take it out of `migrate.tables`"),
                refusals(moves));
    }

    @Test
    void theWholeTreeMoves() {
        MoveFixture fixture = MoveFixture.in(folder).run("""
                CREATE TABLE events (at date, id integer) PARTITION BY RANGE (at);
                CREATE TABLE y2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')
                  PARTITION BY LIST (id);
                CREATE TABLE y2024_one PARTITION OF y2024 FOR VALUES IN (1);
                CREATE TABLE base (id integer);
                CREATE TABLE derived (more integer) INHERITS (base)
                """);

        Moves moves = fixture.find("events", "base");

        assertEquals(
                List.of("table base", "table derived", "table events", "table y2024", "table y2024_one"), moved(moves));
        fixture.move(moves);
        assertEquals(Moves.NONE, fixture.find("events", "base"));
    }

    @Test
    void aPartitionThatCameAfterTheMoveFollows() {
        Moves moves = MoveFixture.in(folder)
                .run("""
                        CREATE TABLE audit.events (at date) PARTITION BY RANGE (at);
                        CREATE TABLE audit.y2024 PARTITION OF audit.events
                          FOR VALUES FROM ('2024-01-01') TO ('2025-01-01') PARTITION BY RANGE (at);
                        CREATE TABLE y2024_m01 PARTITION OF audit.y2024
                          FOR VALUES FROM ('2024-01-01') TO ('2024-02-01')
                        """)
                .find("event?");

        assertEquals(List.of("table y2024_m01"), moved(moves));
        assertEquals(List.of(), moves.notes());
    }

    @Test
    void aPartitionInAnotherSchemaStaysAndIsTold() {
        Moves moves = MoveFixture.in(folder)
                .run("""
                        CREATE SCHEMA archive;
                        CREATE TABLE events (at date) PARTITION BY RANGE (at);
                        CREATE TABLE archive.y2019 PARTITION OF events FOR VALUES FROM ('2019-01-01') TO ('2020-01-01')
                        """)
                .find("events");

        assertEquals(List.of("table events"), moved(moves));
        assertEquals(
                List.of("audit: archive.y2019 stands below what moves and in another schema, and stays there"),
                moves.notes());
    }

    @Test
    void aPartitionIsNotTornOffATableThatStays() {
        Moves moves = MoveFixture.in(folder)
                .run("""
                        CREATE TABLE events (at date) PARTITION BY RANGE (at);
                        CREATE TABLE y2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
                        CREATE TABLE base (id integer);
                        CREATE TABLE derived (more integer) INHERITS (base)
                        """)
                .find("y2024", "derived");

        assertEquals(
                List.of(
                        "audit: public.derived is a child of public.base, which does not move with it"
                                + " — name base in `migrate.tables`, too",
                        "audit: public.y2024 is a partition of public.events, which does not move with it"
                                + " — name events in `migrate.tables`, too"),
                refusals(moves));
    }

    @Test
    void aPartitionIsNotMovedForTwoInstances() {
        MoveFixture fixture = MoveFixture.in(folder).run("""
                CREATE TABLE events (at date) PARTITION BY RANGE (at);
                CREATE TABLE y2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
                CREATE SCHEMA risk
                """);

        Moves moves = fixture.find(
                fixture.request("events"),
                new MoveRequest("risk", fixture.numbered("auditNN"), "public", "risk", List.of("y2024"), false, false));

        assertEquals(
                List.of("risk: public.y2024 is to move for audit and, with what it belongs to, for risk"
                        + " — let one instance claim it, in `migrate.tables`"),
                refusals(moves));
    }
}
