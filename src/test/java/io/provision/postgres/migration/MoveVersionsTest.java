package io.provision.postgres.migration;

import static io.provision.postgres.migration.MoveFixture.hazards;
import static io.provision.postgres.migration.MoveFixture.moved;
import static io.provision.postgres.migration.MoveFixture.refusals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.provision.plan.Hazard;
import io.provision.plan.MigrationResource.Placement;
import io.provision.plan.Moves;
import io.provision.testing.TestPostgres;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The catalogs look different in each version, and the inventory finds the same: there, back, and there again. */
@Tag("full")
class MoveVersionsTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {13, 14, 15, 16, 17, 18})
    void theSameIsFound(int major) {
        assumeTrue(TestPostgres.isAvailable(major), "no binaries of PostgreSQL " + major);
        MoveFixture fixture = MoveFixture.on(major, folder).run("""
                CREATE ROLE readerNN LOGIN;
                CREATE TYPE level AS ENUM ('low', 'high');
                CREATE DOMAIN severity AS level CHECK (VALUE <> 'low') NOT NULL;
                CREATE TYPE place AS (x integer, how level);
                CREATE TYPE shared AS ENUM ('a');
                CREATE SEQUENCE tickets;
                CREATE TABLE events (
                  id serial, number integer GENERATED ALWAYS AS IDENTITY, s severity DEFAULT 'high', p place[],
                  o shared, ticket bigint DEFAULT nextval('tickets'), at date NOT NULL, PRIMARY KEY (id, at))
                  PARTITION BY RANGE (at);
                CREATE TABLE y2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
                CREATE STATISTICS together ON id, ticket FROM events;
                CREATE TABLE other (o shared);
                CREATE VIEW newest AS SELECT id FROM events;
                CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
                CREATE TRIGGER touched AFTER INSERT ON events FOR EACH ROW EXECUTE FUNCTION touch();
                CREATE FUNCTION report() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM public.events';
                GRANT SELECT ON events TO readerNN;
                ALTER TABLE events OWNER TO auditNN;
                ALTER TABLE y2024 OWNER TO auditNN;
                ALTER TYPE level OWNER TO auditNN;
                ALTER TYPE place OWNER TO auditNN;
                ALTER DOMAIN severity OWNER TO auditNN;
                ALTER SEQUENCE tickets OWNER TO auditNN;
                ALTER STATISTICS together OWNER TO auditNN
                """);
        fixture.login("auditNN");

        Moves there = fixture.find("events", "events_id_seq");

        List<String> along = List.of(
                "domain severity", "sequence tickets", "statistics together", "table events", "table y2024",
                "type level", "type place");
        assertEquals(along, moved(there));
        assertEquals(List.of(), refusals(there));
        assertEquals(1, hazards(there, Hazard.FUNCTION_TEXT).size());
        assertEquals(
                List.of(
                        "audit: of the functions of triggers public.touch() stays, found by OID; name it in"
                                + " `migrate.tables` to move it",
                        "audit: the type public.shared stays where it is, and is still found there: column o of table"
                                + " public.other uses it, too",
                        "audit: view public.newest stays and goes on working: what moves is found by its OID",
                        fixture.numbered("audit: will not find what moves unless they say audit.…, because their search"
                                + " paths do not have it: readerNN (\"$user\", public)")),
                there.notes());
        fixture.move(there);
        Moves back = fixture.findBack(there.wanted().keySet().stream()
                .filter(Placement.class::isInstance)
                .map(Placement.class::cast)
                .map(p -> Placement.moved(p.type(), p.name(), p.to(), p.from(), p.owner()))
                .toArray(Placement[]::new));
        assertEquals(along, moved(back));
        assertEquals(List.of(), refusals(back));
        fixture.move(back);
        assertEquals(there, fixture.find("events", "events_id_seq"));
    }
}
