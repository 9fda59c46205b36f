package io.provision.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.Catalogs;
import io.provision.testing.Pause;
import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import io.provision.testing.TestRedis;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An instance that fails is undone wholly; the others are not. */
@Timeout(60)
class UndoneInstanceTest {

    @TempDir
    private Path folder;

    @Test
    void aFailingStatementIsNamedAndTheWholeInstanceUndone() {
        TestEcosystem ecosystem = twoOfWhichOneFails();

        Ran init = ecosystem.run("init");

        assertEquals(1, init.exitCode(), init::toString);
        assertTrue(init.err().contains(ecosystem.numbered("error: exchange-badNN: V2__bad.sql in the schema "
                + "exchange_badNN, statement 2 (SELECT 1 / 0): division by zero [22012]")), init::toString);
        assertEquals(List.of(), ecosystem.query(
                "SELECT rolname FROM pg_roles WHERE rolname = 'exchange_badNN_adapter'"));
        assertEquals(List.of(), ecosystem.query("SELECT nspname FROM pg_namespace WHERE nspname = 'exchange_badNN'"));
        assertFalse(ecosystem.stands("volumes/exchange-badNN"));
        assertEquals(List.of("undone"), outcomesOf(ecosystem, "exchange-badNN"));
        assertEquals(List.of("failed"), ecosystem.query("SELECT outcome FROM provision.run_outcomes"));
    }

    @Test
    void theOthersStand() {
        TestEcosystem ecosystem = twoOfWhichOneFails();

        ecosystem.run("init");

        ecosystem.assertNothingToDo("exchange-goodNN");
        assertEquals(List.of("done"), outcomesOf(ecosystem, "exchange-goodNN"));
        assertTrue(ecosystem.stands("volumes/exchange-goodNN/data"));
    }

    @Test
    void failFastStopsBeforeTheNext() {
        TestEcosystem ecosystem = twoOfWhichOneFails();

        Ran init = ecosystem.run("init", "--fail-fast", "--parallel", "1");

        assertEquals(1, init.exitCode(), init::toString);
        assertEquals(List.of("undone"), outcomesOf(ecosystem, "exchange-goodNN"));
        assertEquals(List.of(), ecosystem.query("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'exchange_%NN'"));
        assertFalse(ecosystem.stands("volumes/exchange-goodNN"));
        assertTrue(init.err().contains(ecosystem.numbered(
                "error: exchange-goodNN: not tried, because another instance failed (--fail-fast)")), init::toString);
    }

    @Test
    void whatFailedIsDoneByTheNextRunWhenItWasMended() {
        TestEcosystem ecosystem = twoOfWhichOneFails();
        ecosystem.run("init");
        ecosystem.file("bad/V2__bad.sql", "SELECT 1");

        ecosystem.init();

        ecosystem.assertNothingToDo();
    }

    @Test
    void whyItCannotBeUndoneIsToldOfThoseThatWereNotTriedToo() {
        TestRedis server = TestRedis.with(Map.of());
        TestEcosystem ecosystem = twoOfWhichOneFails();

        Ran init = ecosystem.run(
                happening("1 / 0", server::stop),
                "init", "-v", "--fail-fast", "--parallel", "1", "--redis-url", server.url());

        assertEquals(1, init.exitCode(), init::toString);
        assertTrue(init.err().contains("division by zero"), init::toString);
        for (String whose : List.of("exchange-badNN", "instances that were not tried")) {
            assertTrue(
                    init.err().contains(ecosystem.numbered(
                            "warning: what was done for " + whose + " could not be taken back: Redis at ")),
                    init::toString);
        }
        assertEquals(2, ecosystem.openIntents().stream().filter(intent -> intent.contains("exchange-")).count());
    }

    /** Between the look and the statements somebody takes the table: the server then only warns (01007). */
    @Test
    void aGrantThatTheServerOnlyWarnsAboutIsFoundBeforeCommit() throws SQLException {
        TestEcosystem ecosystem = TestEcosystem.in(folder).manifest("""
                defaults: {readers: [readerNN]}
                services:
                  exchange-simulator: {}
                  other-serviceNN: {}
                instances:
                  exchange-okxNN: {service: exchange-simulator}
                  other-serviceNN: {}
                """);
        String login = ecosystem.provisioningLogin().name();
        ecosystem.execute("""
                CREATE ROLE thirdNN;
                CREATE SCHEMA exchange_okxNN AUTHORIZATION the_login;
                CREATE TABLE exchange_okxNN.taken (id integer);
                ALTER TABLE exchange_okxNN.taken OWNER TO the_login
                """.replace("the_login", login));
        ecosystem.init("--only", "postgres", "other-serviceNN");
        Catalogs before = ecosystem.catalogs();
        try (Connection thief = ecosystem.connect(); Statement statement = thief.createStatement()) {
            thief.setAutoCommit(false);
            statement.execute("LOCK provision.changes IN SHARE MODE");

            CompletableFuture<Ran> run = CompletableFuture.supplyAsync(
                    () -> ecosystem.run("init", "--lock-timeout", "60s", "--allow-hazard", "ownership"),
                    task -> new Thread(task, "a run").start());
            while (!run.isDone() && ecosystem.query("""
                    SELECT 1
                    FROM pg_locks
                    WHERE relation = 'provision.changes'::regclass
                      AND NOT granted
                    """).isEmpty()) {
                Pause.brief();
            }
            statement.execute(ecosystem.numbered("ALTER TABLE exchange_okxNN.taken OWNER TO thirdNN"));
            statement.execute(ecosystem.numbered("GRANT SELECT ON exchange_okxNN.taken TO " + login));
            thief.commit();

            Ran init = run.join();
            assertEquals(1, init.exitCode(), init::toString);
            assertTrue(init.err().contains("the server warned: no privileges were granted for \"taken\""),
                    init::toString);
        }
        assertEquals(List.of("undone"), outcomesOf(ecosystem, "exchange-okxNN"));
        assertFalse(ecosystem.stands("volumes/exchange-okxNN"));
        assertEquals(
                before.about(" exchange_okxNN", "exchange_okxNN_adapter").facts(),
                ecosystem.catalogs().about(" exchange_okxNN", "exchange_okxNN_adapter").facts());
        assertEquals(List.of(), ecosystem.query(
                "SELECT rolname FROM pg_roles WHERE rolname = 'exchange_okxNN_adapter'"));
    }

    private TestEcosystem twoOfWhichOneFails() {
        return TestEcosystem.in(folder)
                .file("good/V1__things.sql", "CREATE TABLE things (id integer)")
                .file("bad/V1__things.sql", "CREATE TABLE things (id integer)")
                .file("bad/V2__bad.sql", """
                        CREATE TABLE more (id integer);
                        -- a comment; with a semicolon
                        SELECT 1 / 0
                        """)
                .manifest("""
                        services:
                          exchange-simulator: {}
                        instances:
                          exchange-badNN: {service: exchange-simulator, sql: bad}
                          exchange-goodNN: {service: exchange-simulator, sql: good}
                        """);
    }

    /** A log to which something happens as it tells what is sent. */
    private static StringWriter happening(String at, Runnable what) {
        return new StringWriter() {
            @Override
            public void write(String text, int from, int length) {
                super.write(text, from, length);
                if (text.contains(at)) {
                    what.run();
                }
            }
        };
    }

    private static List<String> outcomesOf(TestEcosystem ecosystem, String instance) {
        return ecosystem.query("SELECT outcome FROM provision.intent_outcomes WHERE instance = ?", instance);
    }
}
