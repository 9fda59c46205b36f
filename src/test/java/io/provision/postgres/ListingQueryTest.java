package io.provision.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.plan.Effect;
import io.provision.testing.TestEcosystem;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made where nothing stood is listed, not digested; it must be the same that the digests would tell. */
class ListingQueryTest {

    @TempDir
    private Path folder;

    @AutoClose
    private OwnersPlace place;

    @BeforeEach
    void aSchemaWithNothingInIt() {
        TestEcosystem ecosystem = TestEcosystem.in(folder);
        place = new OwnersPlace(ecosystem);
        ecosystem.execute("""
                COMMENT ON SCHEMA "A place" IS 'first';
                ALTER DEFAULT PRIVILEGES FOR ROLE "lister NN" IN SCHEMA "A place" GRANT SELECT ON TABLES TO PUBLIC;
                ALTER DEFAULT PRIVILEGES IN SCHEMA "A place" GRANT SELECT ON TABLES TO PUBLIC
                """);
    }

    private List<Effect> toldBy(EffectsQuery.Snapshot before) {
        EffectsQuery effects = place.effects();
        place.session().executeThenAsk(List.of(), List.of(), effects.after(before));
        return effects.since(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "CREATE TABLE t (id serial PRIMARY KEY, \"A b\" text UNIQUE, n int CHECK (n > 0), of int REFERENCES t);"
                + "CREATE INDEX ON t (n)",
        "CREATE TABLE p (n int, d text DEFAULT 'x') PARTITION BY RANGE (n); CREATE INDEX ON p (n);"
                + "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (9)",
        "CREATE TABLE t (n int); CREATE VIEW v AS SELECT * FROM t; CREATE MATERIALIZED VIEW m AS SELECT * FROM t;"
                + "CREATE RULE r AS ON DELETE TO t DO INSTEAD NOTHING; CREATE SEQUENCE s",
        "CREATE TABLE t (n int); CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';"
                + "CREATE TRIGGER g AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();"
                + "CREATE POLICY y ON t USING (n > 0); COMMENT ON TABLE t IS 'c'",
        "CREATE TABLE elsewhere.t (n int PRIMARY KEY CHECK (n > 0)); CREATE INDEX ON elsewhere.t (n);"
                + "CREATE TABLE t (n int REFERENCES elsewhere.t)",
        "CREATE TYPE c AS (n int); CREATE TYPE e AS ENUM ('a', 'b'); CREATE DOMAIN d AS int CHECK (VALUE > 0)",
        "CREATE TABLE t (a int, b int); CREATE STATISTICS s ON a, b FROM t",
        "COMMENT ON SCHEMA \"A place\" IS 'second'",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA \"A place\" GRANT USAGE ON SEQUENCES TO PUBLIC;"
                + "ALTER DEFAULT PRIVILEGES IN SCHEMA \"A place\" REVOKE SELECT ON TABLES FROM PUBLIC",
        "SELECT lo_create(0); CREATE AGGREGATE a (int) (SFUNC = int4pl, STYPE = int)",
        "SELECT 1"})
    void whatIsMadeWhereNothingStoodIsToldAsByTheDigests(String file) {
        EffectsQuery.Snapshot listed = place.effects().snapshot();
        EffectsQuery.Snapshot digested = new EffectsQuery.Snapshot(place.digests().digests(), false);

        place.asOwner(file);

        assertTrue(listed.bare());
        assertEquals(texts(toldBy(digested)), texts(toldBy(listed)));
    }

    @Test
    void whatStandsIsDigested() {
        place.asOwner("CREATE TABLE t (n int)");
        EffectsQuery.Snapshot before = place.effects().snapshot();

        place.asOwner("ALTER TABLE t ADD m int");

        assertFalse(before.bare());
        assertEquals(Set.of("CHANGED table \"A place\".t Optional.empty"), texts(toldBy(before)));
    }

    private static Set<String> texts(List<Effect> effects) {
        return effects.stream()
                .map(effect -> "%s %s %s %s".formatted(effect.kind(), effect.type(), effect.identity(), effect.part()))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
