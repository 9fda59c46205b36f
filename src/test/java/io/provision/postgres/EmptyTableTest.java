package io.provision.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.plan.Change;
import io.provision.plan.SqlObject;
import io.provision.testing.TestEcosystem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Between the look at a table and its drop, its owner may have made something else of it. */
class EmptyTableTest {

    @TempDir
    private Path folder;

    private TestEcosystem ecosystem;

    @BeforeEach
    void aRoleWithASchema() {
        ecosystem = TestEcosystem.in(folder);
        ecosystem.execute("""
                CREATE ROLE ownerNN;
                CREATE SCHEMA things AUTHORIZATION ownerNN;
                SET ROLE ownerNN;
                CREATE FUNCTION things.planted(integer) RETURNS integer IMMUTABLE LANGUAGE plpgsql AS $$
                BEGIN
                  IF current_user::text NOT LIKE 'owner%' THEN
                    RAISE EXCEPTION 'planted code runs as %', current_user;
                  END IF;
                  RETURN $1;
                END $$;
                RESET ROLE
                """);
    }

    private void asOwner(String sql) {
        ecosystem.execute("SET ROLE ownerNN; " + sql + "; RESET ROLE");
    }

    private void drop(String identity) {
        PostgresStatements.shown(170000)
                .of(new Change(
                        "things",
                        Optional.of(new SqlObject("things", "table", identity, true)),
                        Optional.empty(),
                        "V1__things.sql made it",
                        List.of()))
                .forEach(ecosystem::execute);
    }

    private void refused(String why) {
        IllegalStateException refused = assertThrows(IllegalStateException.class, () -> drop("things.t"));
        assertTrue(refused.getCause().getMessage().contains(why), refused.getCause()::getMessage);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "CREATE VIEW things.t AS SELECT things.planted(n) AS id FROM generate_series(1, 3) AS n WHERE"
                + " things.planted(n) > 0",
        "CREATE TABLE things.t (id integer); INSERT INTO things.t VALUES (1); "
                + "CREATE INDEX ON things.t ((id + things.planted(1)))",
        "CREATE TABLE things.t (id integer) PARTITION BY LIST (id); "
                + "CREATE TABLE things.one PARTITION OF things.t FOR VALUES IN (1); INSERT INTO things.t VALUES (1); "
                + "CREATE INDEX ON things.one ((id + things.planted(1)))",
    })
    void nothingThatTheOwnerMadeRuns(String made) {
        asOwner(made);

        refused("to look would run what its owner made");
    }

    @Test
    void rowsThatHaveComeAreKept() {
        asOwner("CREATE TABLE things.t (id integer); INSERT INTO things.t VALUES (1)");

        refused("things.t has got rows meanwhile");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "CREATE TABLE things.t (id integer)",
        "CREATE TABLE things.t (id integer); INSERT INTO things.t VALUES (1); DELETE FROM things.t",
        "CREATE TABLE things.t (id integer); CREATE INDEX ON things.t (things.planted(id))",
    })
    void whatIsEmptyGoes(String made) {
        asOwner(made);

        drop("things.t");

        assertEquals(List.of("0"), ecosystem.query("SELECT count(*) FROM pg_class WHERE relname = 't'"));
    }

    @Test
    void aNameThatEndsADollarQuoteIsAName() {
        asOwner("CREATE TABLE things.\"Odd$guard$b\" (id integer)");

        drop("things.\"Odd$guard$b\"");

        assertEquals(List.of("0"), ecosystem.query("SELECT count(*) FROM pg_class WHERE relname LIKE 'Odd%'"));
    }
}
