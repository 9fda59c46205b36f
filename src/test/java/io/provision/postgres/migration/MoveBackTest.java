package io.provision.postgres.migration;

import static io.provision.postgres.migration.MoveFixture.moved;
import static io.provision.postgres.migration.MoveFixture.refusals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.provision.plan.MigrationResource.Placement;
import io.provision.plan.Movable;
import io.provision.plan.Moves;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes back with what was moved, and what forbids it. */
class MoveBackTest {

    @TempDir
    private Path folder;

    @Test
    void onTheWayBackOnlyWhatBelongsToATableJoins() {
        MoveFixture fixture = MoveFixture.in(folder).run("""
                CREATE TYPE level AS ENUM ('low');
                CREATE SEQUENCE tickets;
                CREATE TABLE events (at date, l level, id bigint DEFAULT nextval('tickets'), number serial)
                  PARTITION BY RANGE (at)
                """);
        fixture.move(fixture.find("events"));
        fixture.run("""
                CREATE TABLE audit.y2024 PARTITION OF audit.events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
                CREATE STATISTICS audit.together ON at, id FROM audit.events;
                CREATE TYPE audit.late AS ENUM ('x');
                ALTER TABLE audit.events ADD COLUMN later audit.late
                """);

        Moves moves = fixture.findBack(
                back(Movable.TABLE, "events"), back(Movable.SEQUENCE, "tickets"), back(Movable.TYPE, "level"),
                back(Movable.TABLE, "even?"));

        assertEquals(
                List.of("sequence tickets", "statistics together", "table events", "table y2024", "type level"),
                moved(moves));
        assertEquals(moves.wanted().size(), 5);
        assertEquals(List.of(), refusals(moves));
        fixture.move(moves);
    }

    private static Placement back(Movable type, String name) {
        return Placement.moved(type, name, "audit", "public", "postgres");
    }

    @Test
    void onTheWayBackANameThatWasTakenMeanwhileForbidsIt() {
        MoveFixture fixture = MoveFixture.in(folder).run("""
                CREATE TABLE audit.events (id integer);
                CREATE INDEX events_id ON audit.events (id);
                CREATE VIEW events_id AS SELECT 1
                """);

        assertEquals(
                List.of("audit: audit.events_id, which goes with audit.events, cannot move to the schema public, where"
                        + " the relation public.events_id stands — rename one of the two, or drop the one in public"
                        + " if nobody needs it"),
                refusals(fixture.findBack(back(Movable.TABLE, "events"))));
    }

    @Test
    void aRangeGoesBackWithItsParts() {
        MoveFixture fixture = MoveFixture.in(folder).run("""
                CREATE TYPE span AS RANGE (subtype = double precision);
                CREATE TABLE events (at span)
                """);
        Moves there = fixture.find("events");
        fixture.move(there);

        Moves back = fixture.findBack(there.wanted().keySet().stream()
                .filter(Placement.class::isInstance)
                .map(Placement.class::cast)
                .map(p -> Placement.moved(p.type(), p.name(), p.to(), p.from(), p.owner()))
                .toArray(Placement[]::new));

        assertEquals(moved(there), moved(back));
    }
}
