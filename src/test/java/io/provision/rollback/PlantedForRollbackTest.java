package io.provision.rollback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether a table has rows is found out without running what its owner made of it since. */
@Timeout(60)
class PlantedForRollbackTest {

    @TempDir
    private Path folder;

    private TestEcosystem ecosystem;

    @BeforeEach
    void aTableOfAFile() {
        ecosystem = TestEcosystem.in(folder)
                .file("sql/V1__things.sql", "CREATE TABLE ${schema}.t (id integer)")
                .manifest("""
                        services: {exchange-simulator: {sql: sql}}
                        instances: {exchange-okxNN: {service: exchange-simulator}}
                        """);
    }

    private void asOwner(String sql) {
        ecosystem.execute("""
                SET ROLE exchange_okxNN_adapter;
                SET search_path = exchange_okxNN, pg_catalog;
                CREATE FUNCTION planted(integer) RETURNS integer IMMUTABLE LANGUAGE plpgsql AS $$
                BEGIN
                  RAISE LOG 'planted_NN ran as %', current_user;
                  RETURN $1;
                END $$;
                """ + sql);
    }

    private Ran rollbackWithoutThePlanted() {
        long mark = ecosystem.postgres().mark();

        ecosystem.run("rollback", "--dry-run");
        Ran ran = ecosystem.run("rollback", "--yes");

        assertFalse(ecosystem.postgres().logSince(mark).contains(ecosystem.numbered("planted_NN ran")), ran::toString);
        return ran;
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "INSERT INTO t VALUES (1); CREATE INDEX ON t ((id + planted(1)))",
        "INSERT INTO t VALUES (1); CREATE STATISTICS s ON (id + planted(1)), id FROM t",
        "INSERT INTO t VALUES (1); ALTER TABLE t ADD CHECK (id < planted(7))",
        "CREATE TABLE child () INHERITS (t); INSERT INTO child VALUES (1); CREATE INDEX ON child ((id + planted(1)))",
        "DROP TABLE t; CREATE TABLE t (id integer) PARTITION BY LIST ((id + planted(1)));"
                + " CREATE TABLE one PARTITION OF t FOR VALUES IN (2); INSERT INTO t VALUES (1)",
        "DROP TABLE t; CREATE VIEW t AS SELECT planted(n) AS id FROM generate_series(1, 3) AS n"
                + " WHERE planted(n) > 0",
    })
    void nothingThatTheOwnerMadeRuns(String made) {
        ecosystem.init();
        asOwner(made);

        Ran ran = rollbackWithoutThePlanted();

        assertEquals(0, ran.exitCode(), ran::toString);
        assertFalse(ran.toString().contains("--discard-data"), ran::toString);
        assertEquals(List.of("1"),
                ecosystem.query("SELECT count(*) FROM pg_class WHERE relname = 't'"), ran::toString);
    }

    @Test
    void noPolicyRunsWhereTheLoginIsNoSuperuser() {
        ecosystem.provisioningLogin();
        ecosystem.init();
        asOwner("""
                INSERT INTO t VALUES (1);
                ALTER TABLE t ENABLE ROW LEVEL SECURITY;
                ALTER TABLE t FORCE ROW LEVEL SECURITY;
                CREATE POLICY p ON t USING (planted(id) > 0);
                """);

        Ran ran = rollbackWithoutThePlanted();

        assertEquals(0, ran.exitCode(), ran::toString);
        assertEquals(List.of("1"), ecosystem.query("SELECT id FROM exchange_okxNN.t"), ran::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "CREATE INDEX ON t ((id + planted(1)))",
        "INSERT INTO t VALUES (1); DELETE FROM t; DROP FUNCTION planted(integer)",
    })
    void whatIsEmptyGoesAllTheSame(String made) {
        ecosystem.init();
        asOwner(made);

        Ran ran = rollbackWithoutThePlanted();

        assertEquals(0, ran.exitCode(), ran::toString);
        assertEquals(List.of("0"),
                ecosystem.query("SELECT count(*) FROM pg_class WHERE relname = 't'"), ran::toString);
    }
}
