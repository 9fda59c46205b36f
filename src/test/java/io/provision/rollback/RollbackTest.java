package io.provision.rollback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.Catalogs;
import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code init} and then {@code rollback} leave what stood before. */
@Timeout(60)
class RollbackTest {

    @TempDir
    private Path folder;

    private TestEcosystem ecosystem;

    @BeforeEach
    void twoInstances() {
        ecosystem = TestEcosystem.in(folder)
                .file("sql/V1__trades.sql", """
                        CREATE TYPE side AS ENUM ('buy', 'sell');
                        CREATE TABLE trades (id serial PRIMARY KEY, side side, price numeric);
                        CREATE TABLE fills (id integer PRIMARY KEY, trade integer REFERENCES trades);
                        CREATE INDEX trades_by_price ON trades (price);
                        CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
                        CREATE TRIGGER touched BEFORE UPDATE ON trades FOR EACH ROW EXECUTE FUNCTION touch();
                        """)
                .file("sql/V2__orders.sql", """
                        CREATE TABLE orders (id integer);
                        ALTER TABLE trades ADD COLUMN at timestamptz;
                        """)
                .file("sql/R__view.sql", "CREATE OR REPLACE VIEW recent AS SELECT id FROM trades")
                .manifest("""
                        defaults: {readers: [readerNN], volumes: {root: ./volumes}}
                        services:
                          exchange-simulator: {sql: sql}
                        instances:
                          exchange-okxNN: {service: exchange-simulator}
                          exchange-binanceNN: {service: exchange-simulator}
                        """);
    }

    @Test
    void nothingOfIt() {
        Catalogs before = ecosystem.catalogs();
        ecosystem.init();

        Ran rollback = ecosystem.rollback();

        assertEquals(Set.of(), ecosystem.catalogs().since(before), rollback::toString);
        assertEquals(Set.of(), before.since(ecosystem.catalogs()));
        assertFalse(ecosystem.stands("volumes"));
        assertFalse(rollback.out().contains("kept"), rollback::toString);
    }

    @Test
    void aSecondOneFindsNothingToDo() {
        ecosystem.init();
        ecosystem.run("rollback", "--yes");

        Ran second = ecosystem.run("rollback");

        assertEquals(0, second.exitCode(), second::toString);
        assertEquals("nothing to roll back\n", second.out());
        assertEquals(List.of("1"), ecosystem.query("SELECT count(*) FROM provision.runs WHERE command = 'rollback'"));
    }

    @Test
    void thereAndBackTwice() {
        Catalogs before = ecosystem.catalogs();
        for (int i = 0; i < 2; i++) {
            ecosystem.init();
            ecosystem.assertNothingToDo();
            ecosystem.rollback();
            assertEquals(before, ecosystem.catalogs());
        }
    }

    @Test
    void oneInstanceOfTwoLeavesTheOtherAndWhatItNeeds() {
        ecosystem.init("exchange-binanceNN");
        Catalogs before = ecosystem.catalogs();
        ecosystem.init();

        ecosystem.rollback("exchange-okxNN");

        assertEquals(before, ecosystem.catalogs());
        assertTrue(ecosystem.stands("volumes/exchange-binanceNN/data"));
        assertFalse(ecosystem.stands("volumes/exchange-okxNN"));
        ecosystem.assertNothingToDo("exchange-binanceNN");
    }

    @Test
    void ofNamesThatTheManifestListsNoMore() {
        Catalogs before = ecosystem.catalogs();
        ecosystem.init();
        ecosystem.manifest("""
                services: {other-service: {}}
                instances: {other-service: {}}
                """);

        ecosystem.rollback("exchange-okxNN", "exchange-binanceNN");

        assertEquals(before, ecosystem.catalogs());
    }

    @Test
    void aDryRunShowsItAndDoesNothing() {
        ecosystem.init();
        Catalogs before = ecosystem.catalogs();

        Ran rollback = ecosystem.run("rollback", "--dry-run");

        assertEquals(0, rollback.exitCode(), rollback::toString);
        assertTrue(rollback.out().contains(ecosystem.numbered("DROP SCHEMA \"exchange_okxNN\"")), rollback::toString);
        assertEquals(before, ecosystem.catalogs());
    }

    @Test
    void withNobodyToAskItWantsAYes() {
        ecosystem.init();
        Catalogs before = ecosystem.catalogs();

        Ran rollback = ecosystem.run("rollback");

        assertEquals(7, rollback.exitCode(), rollback::toString);
        assertTrue(rollback.err().contains("--yes"), rollback::toString);
        assertEquals(before, ecosystem.catalogs());
    }

    @Test
    void anUnknownNameIsAnsweredWithThoseThatTheJournalKnows() {
        ecosystem.init();

        Ran rollback = ecosystem.run("rollback", "--yes", "exchange-okx");

        assertEquals(2, rollback.exitCode(), rollback::toString);
        assertTrue(rollback.err().contains(ecosystem.numbered("the journal knows: exchange-binanceNN, exchange-okxNN")),
                rollback::toString);
    }

    @Test
    void onlyOnePartIsUndoneWhereThatIsSaid() {
        Catalogs before = ecosystem.catalogs();
        ecosystem.init();

        Ran rollback = ecosystem.rollback("--only", "postgres");

        assertEquals(before, ecosystem.catalogs());
        assertTrue(ecosystem.stands("volumes/exchange-okxNN/data"));
        assertEquals(2, ecosystem.run("rollback", "--yes", "--only", "volumes").exitCode());
    }
}
