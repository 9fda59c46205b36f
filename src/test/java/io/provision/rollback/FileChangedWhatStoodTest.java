package io.provision.rollback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.Catalogs;
import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nothing takes back what a file of {@code sql:} did to a thing that it did not make: the file counts as run. */
@Timeout(60)
@Tag("full")
class FileChangedWhatStoodTest {

    @TempDir
    private Path folder;

    private TestEcosystem moving(String sql) {
        TestEcosystem ecosystem = TestEcosystem.in(folder)
                .file("sql/V1__change.sql", sql)
                .manifest("""
                        services: {exchange-simulator: {}}
                        instances:
                          exchange-okxNN:
                            service: exchange-simulator
                            sql: sql
                            migrate: {tables: [trades], owner: role}
                        """);
        ecosystem.execute("CREATE TYPE public.side AS ENUM ('buy');"
                + "CREATE TABLE public.trades (id integer, old integer, side public.side)");
        return ecosystem;
    }

    private TestEcosystem adopting(String sql) {
        TestEcosystem ecosystem = TestEcosystem.in(folder)
                .file("sql/V1__change.sql", sql)
                .manifest("""
                        services: {exchange-simulator: {sql: sql}}
                        instances: {exchange-okxNN: {service: exchange-simulator}}
                        """);
        ecosystem.execute("""
                CREATE ROLE exchange_okxNN_adapter LOGIN;
                CREATE SCHEMA exchange_okxNN AUTHORIZATION exchange_okxNN_adapter;
                SET ROLE exchange_okxNN_adapter;
                CREATE FUNCTION exchange_okxNN.one() RETURNS integer LANGUAGE sql AS 'SELECT 1';
                CREATE TYPE exchange_okxNN.side AS ENUM ('buy');
                CREATE SEQUENCE exchange_okxNN.numbers;
                CREATE TABLE exchange_okxNN.own (id integer);
                CREATE DOMAIN exchange_okxNN.price AS numeric;
                """);
        return ecosystem;
    }

    private static Ran rolledBack(TestEcosystem ecosystem, String kept, String... more) {
        Ran ran = ecosystem.rollback(more);
        assertTrue(ran.out().contains(ecosystem.numbered(kept)), ran::toString);
        return ran;
    }

    private static String history(TestEcosystem ecosystem) {
        return ecosystem.run("history").out();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "ALTER TABLE trades ADD COLUMN extra integer",
        "ALTER TABLE trades DROP COLUMN old",
        "COMMENT ON TABLE trades IS 'all of them'",
        "COMMENT ON COLUMN trades.id IS 'counted'",
    })
    void aMovedTableGoesBackAsTheFileLeftItAndAgain(String sql) {
        TestEcosystem ecosystem = moving(sql);
        ecosystem.init();

        for (int i = 0; i < 2; i++) {
            rolledBack(ecosystem, "kept: sql file V1__change.sql in exchange_okxNN of exchange-okxNN: it changed the "
                    + "table exchange_okxNN.trades, which it did not make");
            assertEquals(List.of("public.trades"), ecosystem.query(
                    "SELECT schemaname || '.' || tablename FROM pg_tables WHERE tablename = 'trades'"));
            assertTrue(history(ecosystem).contains("partly rolled back: "), () -> history(ecosystem));

            ecosystem.init();
            ecosystem.assertNothingToDo();
            assertEquals(List.of("1"), ecosystem.query(
                    "SELECT count(*) FROM provision.changes WHERE kind = 'sql_file'"));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "CREATE OR REPLACE FUNCTION one() RETURNS integer LANGUAGE sql AS 'SELECT 2' "
                + "| changed the function exchange_okxNN.one()",
        "DROP TABLE own | dropped the table exchange_okxNN.own",
        "ALTER SEQUENCE numbers MAXVALUE 7 | changed the sequence exchange_okxNN.numbers",
        "ALTER TYPE side ADD VALUE 'sell' | made the enum value 'sell' of exchange_okxNN.side",
        "ALTER DOMAIN price ADD CONSTRAINT positive CHECK (VALUE > 0) "
                + "| made the domain constraint positive on exchange_okxNN.price",
    })
    void whatStoodInAnAdoptedSchemaStaysAsTheFileLeftIt(String sql, String kept) {
        TestEcosystem ecosystem = adopting(sql);
        ecosystem.init();
        Catalogs left = ecosystem.catalogs();

        rolledBack(ecosystem, "kept: sql file V1__change.sql in exchange_okxNN of exchange-okxNN: it " + kept);

        assertTrue(history(ecosystem).contains("partly rolled back: "), () -> history(ecosystem));
        ecosystem.init();
        assertEquals(left, ecosystem.catalogs());
    }

    @Test
    void aLaterRunThatDroppedAColumnOfWhatAnEarlierOneMovedIsKept() {
        TestEcosystem ecosystem = moving("CREATE TABLE notes (id integer)");
        ecosystem.init();
        ecosystem.file("sql/V2__less.sql", "ALTER TABLE trades DROP COLUMN old").init();
        String second = ecosystem.query("SELECT run FROM provision.runs ORDER BY started_at DESC LIMIT 1").get(0);

        Ran ran = rolledBack(ecosystem, "kept: sql file V2__less.sql in exchange_okxNN of exchange-okxNN: it changed "
                + "the table exchange_okxNN.trades, which it did not make", "--run", second);

        assertTrue(ran.out().contains("counts as run"), ran::toString);
    }

    @Test
    void whatAFileDroppedThatAnEarlierOneMadeComesBackWithTheEarlierOneOnly() {
        TestEcosystem ecosystem = moving("CREATE TABLE notes (id integer); CREATE INDEX notes_id ON notes (id)");
        Catalogs before = ecosystem.catalogs();
        ecosystem.init();
        ecosystem.execute("CREATE INDEX by_hand ON exchange_okxNN.notes (id)");
        ecosystem.file("sql/V2__less.sql", "DROP TABLE notes").init();

        Ran rollback = ecosystem.rollback();

        assertEquals(before, ecosystem.catalogs(), rollback::toString);
    }
}
