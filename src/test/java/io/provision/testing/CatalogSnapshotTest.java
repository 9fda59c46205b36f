package io.provision.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No statement escapes a snapshot, and nothing else shows in one. */
@Tag("full")
class CatalogSnapshotTest {

    private static final String OBJECTS = """
            CREATE ROLE ownerNN;
            CREATE ROLE readerNN;
            GRANT readerNN TO ownerNN;
            CREATE SCHEMA provision;
            CREATE SCHEMA other;
            CREATE TYPE mood AS ENUM ('good', 'bad');
            CREATE DOMAIN small AS integer;
            CREATE TYPE pair AS (a integer, b integer);
            CREATE SEQUENCE loose;
            CREATE TABLE things (id serial PRIMARY KEY, what text DEFAULT 'x', n integer, m mood);
            CREATE TABLE parts (id integer, thing integer CONSTRAINT of_thing REFERENCES things);
            CREATE TABLE measured (at date) PARTITION BY RANGE (at);
            CREATE TABLE measured_2026 PARTITION OF measured FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
            CREATE TABLE child () INHERITS (parts);
            CREATE INDEX things_n ON things (n);
            CREATE STATISTICS things_stat ON what, n FROM things;
            CREATE VIEW seen AS SELECT id, what FROM things;
            CREATE FUNCTION count_things() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM things';
            CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
            CREATE TRIGGER touched BEFORE UPDATE ON things FOR EACH ROW EXECUTE FUNCTION touch();
            CREATE RULE stay AS ON DELETE TO parts DO INSTEAD NOTHING;
            CREATE POLICY own ON things USING (true);
            CREATE PUBLICATION news FOR TABLE parts;
            INSERT INTO things (what, n) SELECT repeat(md5(i::text), 300), i FROM generate_series(1, 50) i;
            """;

    @TempDir
    private static Path folder;

    private static TestEcosystem ecosystem;

    @BeforeAll
    static void fill() {
        ecosystem = TestEcosystem.in(folder);
        ecosystem.execute(OBJECTS);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "ALTER TABLE things OWNER TO ownerNN                  | relation public.things: owner was postgres, is ownerNN",
        "GRANT SELECT ON things TO readerNN                   | relation public.things: acl in effect was",
        "GRANT SELECT (what) ON things TO readerNN            | public.things.what: acl in effect was not there",
        "GRANT USAGE ON SEQUENCE loose TO readerNN            | relation public.loose: acl was not written, is written",
        "GRANT CREATE ON SCHEMA public TO readerNN            | schema public: acl in effect was",
        "GRANT USAGE ON SCHEMA information_schema TO ownerNN  | schema information_schema: acl in effect was",
        "REVOKE EXECUTE ON FUNCTION touch() FROM PUBLIC       | routine public.touch(): acl in effect was",
        "REVOKE USAGE ON TYPE mood FROM PUBLIC                | type public.mood: acl in effect was",
        "REVOKE EXECUTE ON FUNCTION pg_sleep FROM PUBLIC      | routine pg_sleep(double precision) (acl=written",
        "ALTER TABLE things SET (fillfactor = 50)             | relation public.things: reloptions was not there",
        "ALTER TABLE measured_2026 SET UNLOGGED               | public.measured_2026: relpersistence was p, is u",
        "ALTER TABLE things REPLICA IDENTITY FULL             | relation public.things: relreplident was d, is f",
        "ALTER TABLE things ENABLE ROW LEVEL SECURITY         | things: relrowsecurity was false, is true",
        "ALTER TABLE things FORCE ROW LEVEL SECURITY          | things: relforcerowsecurity was false, is true",
        "TRUNCATE parts                                       | relation public.parts: relfilenode was",
        "ALTER TABLE things ALTER what SET DEFAULT 'y'        | column public.things.what: default was 'x'::text, is",
        "ALTER TABLE things ALTER n TYPE bigint               | public.things.n: type was integer, is bigint",
        "ALTER TABLE things ALTER what SET STATISTICS 7       | column public.things.what: attstattarget was",
        "ALTER TABLE things ALTER what SET STORAGE EXTERNAL   | column public.things.what: attstorage was x, is e",
        "ALTER TABLE things ALTER what SET COMPRESSION pglz   | column public.things.what: attcompression was , is p",
        "ALTER TABLE things ALTER what SET (n_distinct = 3)   | column public.things.what: attoptions was not there",
        "ALTER TABLE parts ADD CHECK (id > 0) NOT VALID       | new: constraint parts_id_check on public.parts",
        "ALTER TABLE parts VALIDATE CONSTRAINT parts_id_check | parts_id_check on public.parts: convalidated was false",
        "ALTER TABLE parts ALTER CONSTRAINT of_thing DEFERRABLE | of_thing on public.parts: condeferrable was false",
        "ALTER TABLE things CLUSTER ON things_n               | index public.things_n: indisclustered was false",
        "CREATE INDEX ON parts (id) WHERE id > 3              | new: index public.parts_id_idx",
        "ALTER TABLE things DISABLE TRIGGER touched           | trigger touched on public.things: enabled was O, is D",
        "ALTER TABLE things DISABLE TRIGGER ALL               | on public.things: enabled was O | O, is D | D",
        "ALTER TABLE parts DISABLE RULE stay                  | rule stay on public.parts: enabled was O, is D",
        "CREATE OR REPLACE VIEW seen AS SELECT id, upper(what) AS what FROM things | rule `_RETURN` on public.seen:",
        "ALTER POLICY own ON things TO readerNN               | policy own on public.things: roles was",
        "ALTER SEQUENCE loose INCREMENT 3                     | sequence public.loose: seqincrement was 1, is 3",
        "ALTER SEQUENCE loose OWNED BY parts.id               | sequence public.loose: owned by was not there, is",
        "SELECT nextval('loose')                              | sequence public.loose: called was false, is true",
        "SELECT setval('things_id_seq', 70)                   | public.things_id_seq: last value was 50, is 70",
        "ALTER TYPE mood ADD VALUE 'so so' BEFORE 'bad'       | is 'good', 'so so', 'bad'",
        "ALTER DOMAIN small ADD CONSTRAINT tiny CHECK (VALUE < 9) | new: constraint tiny on public.small",
        "ALTER TYPE pair ADD ATTRIBUTE c text                 | new: column public.pair.c",
        "CREATE TYPE span AS RANGE (subtype = time)           | new: type public.span_multirange",
        "ALTER FUNCTION touch() SET work_mem = '9MB'          | routine public.touch(): definition was",
        "ALTER FUNCTION touch() OWNER TO ownerNN              | routine public.touch(): owner was postgres",
        "ALTER STATISTICS things_stat SET STATISTICS 5        | statistics public.things_stat: target was",
        "ALTER TABLE child NO INHERIT parts                   | gone: inheritance of public.child from public.parts",
        "ALTER TABLE measured DETACH PARTITION measured_2026  | measured_2026: partition of bounds was FOR VALUES",
        "ALTER PUBLICATION news SET (publish = 'insert')      | publication news: pubdelete was true, is false",
        "ALTER PUBLICATION news ADD TABLE things              | new: publication news of public.things",
        "ALTER PUBLICATION news ADD TABLES IN SCHEMA other    | new: publication news of schema other",
        "COMMENT ON COLUMN things.n IS 'number'               | new: comment on table column public.things.n",
        "COMMENT ON SCHEMA public IS 'shared'                 | comment on schema public",
        "COMMENT ON ROLE readerNN IS 'reads'                  | role readerNN: comment was not there, is reads",
        "ALTER ROLE readerNN LOGIN PASSWORD 'x'               | role readerNN: password was not there",
        "REVOKE readerNN FROM ownerNN                         | gone: membership of ownerNN in readerNN from postgres",
        "GRANT ownerNN TO readerNN WITH INHERIT FALSE         | new: membership of readerNN in ownerNN from postgres",
        "ALTER ROLE readerNN SET work_mem = '8MB'             | new: settings of readerNN in every database",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA other GRANT SELECT ON TABLES TO readerNN | of postgres on r in other",
        "ALTER SCHEMA other OWNER TO ownerNN                  | schema other: owner was postgres, is ownerNN",
        "CREATE CAST (pair AS things) WITH INOUT              | new: cast from public.pair to public.things",
        "ALTER FUNCTION touch() DEPENDS ON EXTENSION plpgsql  | new: dependency of function public.touch()",
        "CREATE TEXT SEARCH CONFIGURATION words (COPY = simple) | new: text search configuration public.words",
        "ALTER TABLE parts SET SCHEMA other                   | new: relation other.parts",
        "UPDATE things SET what = left(what, -1) WHERE id = 7 | relation public.things: digest was",
        "DELETE FROM things WHERE id = 9                      | relation public.things: rows was 50, is 49",
        "ALTER TABLE things RENAME n TO number                | gone: column public.things.n ",
    })
    void noticesEachKindOfChange(String statement, String line) {
        CatalogSnapshot before = ecosystem.snapshot();
        ecosystem.execute(statement);

        List<String> difference = before.difference(ecosystem.snapshot());

        String expected = ecosystem.numbered(line.replace('`', '"'));
        assertTrue(difference.stream().anyMatch(told -> told.contains(expected)), difference::toString);
    }

    @Test
    void takenTwiceIsTheSame() {
        assertEquals(List.of(), ecosystem.snapshot().difference(ecosystem.snapshot()));
    }

    @Test
    void leavesOutTheJournalAndWhatTheServerEstimates() {
        CatalogSnapshot before = ecosystem.snapshot();

        ecosystem.execute("""
                CREATE TABLE provision.runs (id serial PRIMARY KEY, what text CHECK (what <> ''));
                COMMENT ON TABLE provision.runs IS 'the journal';
                COMMENT ON COLUMN provision.runs.id IS 'of a run';
                CREATE VIEW provision.latest AS SELECT max(id) FROM provision.runs;
                CREATE FUNCTION provision.keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
                CREATE TRIGGER kept BEFORE DELETE ON provision.runs FOR EACH ROW EXECUTE FUNCTION provision.keep();
                GRANT SELECT (id) ON provision.runs TO readerNN;
                INSERT INTO provision.runs (what) VALUES ('init');
                """);
        ecosystem.execute("ANALYZE");

        assertEquals(List.of(), before.difference(ecosystem.snapshot()));
    }

    @Test
    void tellsAnAclThatIsOnlyWrittenOutApart() {
        ecosystem.execute("CREATE TABLE closed (id integer)");
        CatalogSnapshot before = ecosystem.snapshot();

        ecosystem.execute("GRANT SELECT ON closed TO readerNN; REVOKE SELECT ON closed FROM readerNN");
        CatalogSnapshot after = ecosystem.snapshot();

        assertEquals(
                List.of("relation public.closed: acl was not written, is written"), before.difference(after));
        assertEquals(List.of("relation public.closed"), before.aclsWrittenOut(after));
        assertEquals(List.of(), before.differenceBeyondAclsWrittenOut(after));
    }

    @Test
    void theOrderOfGrantsIsNoDifference() {
        ecosystem.execute("CREATE TABLE shared (id integer); GRANT SELECT ON shared TO ownerNN, readerNN");
        CatalogSnapshot before = ecosystem.snapshot();

        ecosystem.execute("REVOKE SELECT ON shared FROM ownerNN; GRANT SELECT ON shared TO ownerNN");

        assertEquals(List.of(), before.difference(ecosystem.snapshot()));
    }

    @ParameterizedTest
    @EnumSource
    void everySampleLoads(SampleDatabase sample, @TempDir Path own) {
        takenTwiceIsTheSame(sample, TestPostgres.DEFAULT_MAJOR, own);
    }

    @Tag("full")
    @ParameterizedTest
    @ValueSource(ints = {13, 14, 15, 16, 18})
    void everySampleLoadsInEveryVersion(int major, @TempDir Path own) {
        assumeTrue(TestPostgres.isAvailable(major), "no binaries of PostgreSQL " + major);
        for (SampleDatabase sample : SampleDatabase.values()) {
            takenTwiceIsTheSame(sample, major, own);
        }
    }

    private static void takenTwiceIsTheSame(SampleDatabase sample, int major, Path own) {
        TestEcosystem loaded = TestEcosystem.on(TestPostgres.shared(major), own);
        sample.load(loaded, major);

        assertEquals(List.of(), loaded.snapshot().difference(loaded.snapshot()));
    }
}
