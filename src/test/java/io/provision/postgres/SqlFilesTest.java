package io.provision.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Versioned files run once, in order; repeatable ones again whenever they change. */
class SqlFilesTest {

    @TempDir
    private Path folder;

    private TestEcosystem ecosystem;

    @BeforeEach
    void manifest() {
        ecosystem = TestEcosystem.in(folder)
                .file("sql/V1__log.sql", """
                        CREATE TABLE log (id serial, what text);
                        INSERT INTO log (what) VALUES ('V1');
                        """)
                .file("sql/V10__ten.sql", "INSERT INTO log (what) VALUES ('V10')")
                .file("sql/V2__two.sql", "INSERT INTO log (what) VALUES ('V2')")
                .file("sql/R__again.sql", "INSERT INTO log (what) VALUES ('R')")
                .manifest("""
                        services:
                          exchange-simulator: {sql: sql}
                        instances:
                          exchange-okxNN: {service: exchange-simulator}
                        """);
        ecosystem.init();
    }

    @Test
    void versionsRunByNumberAndRepeatableFilesLast() {
        assertEquals(List.of("V1", "V2", "V10", "R"), log());
    }

    @Test
    void aFurtherVersionAndAChangedRepeatableFileRunOnce() {
        ecosystem.file("sql/V11__eleven.sql", "INSERT INTO log (what) VALUES ('V11')")
                .file("sql/R__again.sql", "INSERT INTO log (what) VALUES ('R, changed')");

        ecosystem.init();
        ecosystem.init();

        assertEquals(List.of("V1", "V2", "V10", "R", "V11", "R, changed"), log());
    }

    @Test
    void anEditedVersionIsRefused() {
        ecosystem.file("sql/V2__two.sql", "INSERT INTO log (what) VALUES ('V2, edited')");

        Ran init = ecosystem.run("init");

        assertEquals(7, init.exitCode(), init::toString);
        assertTrue(init.err().contains("V2__two.sql was edited after it had run in the schema exchange_okx"),
                init::toString);
        assertEquals(List.of("V1", "V2", "V10", "R"), log());
    }

    @Test
    void placeholdersAreQuotedWhereverTheyStand() {
        ecosystem.file("sql/V11__placeholders.sql", """
                INSERT INTO ${schema}.log (what) VALUES (${instance:literal} || ' ' || ${service:literal});
                CREATE FUNCTION ${schema}.who() RETURNS text LANGUAGE plpgsql AS $$
                BEGIN
                  RETURN ${role:literal};
                END $$;
                CREATE TABLE ${instance} (${service} integer, "${not a placeholder}" integer);
                """);

        ecosystem.init();

        assertEquals(ecosystem.numbered("exchange-okxNN exchange-simulator"), log().get(4));
        assertEquals(List.of(ecosystem.numbered("exchange_okxNN_adapter")), ecosystem.query(
                "SELECT exchange_okxNN.who()"));
        assertEquals(List.of("exchange-simulator", "${not a placeholder}"), ecosystem.query("""
                SELECT attname
                FROM pg_attribute
                WHERE attrelid = 'exchange_okxNN."exchange-okxNN"'::regclass
                  AND attnum > 0
                ORDER BY attnum
                """));
    }

    @Test
    void aSearchPathThatAFileSetsHoldsForItsFurtherStatements() {
        ecosystem.file("sql/V11__path.sql", """
                CREATE TABLE inner_log (what text);
                SET LOCAL search_path = pg_temp;
                CREATE TEMPORARY TABLE log (what text);
                INSERT INTO log VALUES ('temporary');
                INSERT INTO ${schema}.log (what) SELECT what FROM log;
                """);

        ecosystem.init();

        assertEquals("temporary", log().get(4));
    }

    @Test
    void aByteOrderMarkIsPassedOver() {
        ecosystem.file("sql/V11__eleven.sql", "\uFEFFINSERT INTO log (what) VALUES ('V11')");

        ecosystem.init();

        assertEquals(List.of("V1", "V2", "V10", "R", "V11"), log());
    }

    @Test
    void aNulIsToldBeforeAnythingIsTried() {
        ecosystem.file("sql/V11__eleven.sql", "INSERT INTO log (what) VALUES ('\0')");

        Ran init = ecosystem.run("init").expect(2);

        assertTrue(init.err().contains("V11__eleven.sql: error: the file has a NUL, which PostgreSQL does not take"),
                init::toString);
    }

    private List<String> log() {
        return ecosystem.query("SELECT what FROM exchange_okxNN.log ORDER BY id");
    }
}
