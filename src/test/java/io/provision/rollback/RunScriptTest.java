package io.provision.rollback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code history --run ID -o sql}: what was sent. */
@Timeout(60)
class RunScriptTest {

    @TempDir
    private Path folder;

    private TestEcosystem ecosystem;

    @BeforeEach
    void init() {
        ecosystem = TestEcosystem.in(folder)
                .file("sql/V1__trades.sql", "CREATE TABLE trades (id integer)")
                .manifest("""
                        defaults: {password: {generate: "secrets/{instance}"}, volumes: {root: ./volumes}}
                        services:
                          exchange-simulator: {sql: sql}
                        instances:
                          exchange-okxNN: {service: exchange-simulator}
                        """);
        ecosystem.init();
    }

    @Test
    void itTellsTheRunAndItsStatementsInOrderAndTheRestInComments() {
        String run = ecosystem.query("SELECT run FROM provision.runs").get(0);

        Ran history = ecosystem.run("history", "--run", run, "-o", "sql");

        assertEquals(0, history.exitCode(), history::toString);
        String sql = history.out();
        assertTrue(sql.startsWith("-- run " + run + ": provision init "), sql);
        assertTrue(sql.contains(ecosystem.numbered("\n-- exchange-okxNN\n")), sql);
        assertTrue(sql.indexOf("CREATE ROLE") < sql.indexOf("CREATE SCHEMA"), sql);
        assertTrue(sql.contains("\n-- volume: mkdir -m "), sql);
        assertTrue(sql.contains("\n-- redis: SET "), sql);
        assertTrue(sql.contains("\n-- runs V1__trades.sql in "), sql);
        assertFalse(sql.contains(ecosystem.read("secrets/exchange-okxNN")), sql);
        assertFalse(sql.contains("SCRAM"), sql);
    }

    @Test
    void aRunOfManyThousandChangesTellsEachOfThemInOrder() {
        String run = ecosystem.query("SELECT run FROM provision.runs").get(0);
        int before = ecosystem.query("SELECT id FROM provision.changes").size();
        ecosystem.execute("""
                INSERT INTO provision.changes
                  (run, instance, change, store, kind, target, reason, forward, inverse, effects)
                SELECT '%s', 'exchange-okxNN', 'c', 'postgres', 'schema', 't', 'r', 'SELECT ' || i, '', '[]'
                FROM generate_series(1, 12345) AS g (i)
                """.formatted(run));

        Ran script = ecosystem.run("history", "--run", run, "-o", "sql");
        Ran document = ecosystem.run("history", "--run", run, "-o", "json");
        Ran table = ecosystem.run("history", "--run", run);

        List<String> numbers = script.out().lines().filter(line -> line.matches("SELECT \\d+")).toList();
        assertEquals(IntStream.rangeClosed(1, 12345).mapToObj("SELECT %d"::formatted).toList(), numbers);
        assertEquals(12345 + before, document.out().split("\"forward\": ", -1).length - 1);
        assertTrue(table.out().contains("SELECT 12345\n"), () -> table.out().substring(0, 1000));
    }

    @Test
    void aRollbackIsTold() {
        ecosystem.run("rollback", "--yes");
        String run = ecosystem.query("SELECT run FROM provision.runs WHERE command = 'rollback'").get(0);

        Ran history = ecosystem.run("history", "--run", run, "-o", "sql");

        String sql = history.out();
        assertTrue(sql.indexOf("DROP TABLE ") < sql.indexOf("DROP SCHEMA "), sql);
        assertTrue(sql.indexOf("DROP SCHEMA ") < sql.indexOf("DROP ROLE "), sql);
        assertEquals(List.of("2"), List.of(Long.toString(
                ecosystem.run("history").out().lines().filter(line -> line.startsWith("20")).count())));
    }

    @Test
    void aRunThatIsNotThereIsAnsweredWithAWayToFindIt() {
        Ran history = ecosystem.run("history", "--run", "nonsense", "-o", "sql");

        assertEquals(2, history.exitCode(), history::toString);
        assertTrue(history.err().contains("`provision history` lists them"), history::toString);
        assertEquals(2, ecosystem.run("history", "-o", "sql").exitCode());
    }

    @Test
    void oneRunIsShownWithItsChanges() {
        ecosystem.init();
        String run = ecosystem.query("SELECT run FROM provision.runs").get(0);

        Ran text = ecosystem.run("history", "--run", run);
        Ran json = ecosystem.run("history", "--run", run, "-o", "json");

        assertEquals(0, text.exitCode(), text::toString);
        assertTrue(text.out().contains("DONE (UTC)") && text.out().contains("CREATE SCHEMA"), text::toString);
        assertTrue(json.out().contains("\"sent\": [") && json.out().contains("\"done_at\": "), json::toString);
    }

    @Test
    void ofANameThatNobodyKnowsThereIsNoHistory() {
        ecosystem.init();

        Ran history = ecosystem.run("history", "nope");

        assertEquals(2, history.exitCode(), history::toString);
        assertTrue(history.err().contains("the journal knows: "), history::toString);
    }
}
