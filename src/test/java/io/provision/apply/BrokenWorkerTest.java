package io.provision.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run that breaks, as where memory is short or the tool has a fault, and not because of what a server said. */
@Timeout(60)
class BrokenWorkerTest {

    private static final String FAULT_BEFORE_INSTANCES = """
            error: what several instances share: IllegalStateException: a fault of ours
            error: this should not have happened: IllegalStateException: a fault of ours
            java.lang.IllegalStateException: a fault of ours
            """;

    @TempDir
    private Path folder;

    @Test
    void theOthersAreStoppedAndAllThatIsNotDoneIsUndone() {
        TestEcosystem ecosystem = TestEcosystem.in(folder)
                .file("slow/V1__slow.sql", "SELECT pg_advisory_xact_lock(4711), pg_sleep(50)")
                .file("broken/V1__broken.sql", """
                        DO $$
                        BEGIN
                          WHILE NOT EXISTS (
                            SELECT 1
                            FROM pg_locks l
                            JOIN pg_database d ON d.oid = l.database
                            WHERE d.datname = current_database()
                              AND l.locktype = 'advisory'
                              AND l.objid = 4711
                          ) LOOP
                            PERFORM pg_sleep(0.01);
                          END LOOP;
                        END $$;
                        SELECT 'breaks here'
                        """)
                .manifest("""
                        services:
                          exchange-simulator: {}
                        instances:
                          exchange-badNN: {service: exchange-simulator, sql: broken}
                          exchange-slowNN: {service: exchange-simulator, sql: slow}
                          exchange-waitingNN: {service: exchange-simulator}
                        """);

        Ran init = ecosystem.run(
                new Breaking("breaks here", () -> {
                    throw new LinkageError("broken");
                }),
                "init", "-v", "--parallel", "2");

        assertEquals(1, init.exitCode(), init::toString);
        assertTells(init, ecosystem, """
                error: exchange-badNN: LinkageError: broken
                error: exchange-slowNN: stopped, because the run broke
                error: exchange-waitingNN: not tried, because the run broke
                error: this should not have happened: LinkageError: broken
                java.lang.LinkageError: broken
                """);
        assertEquals(List.of(), ecosystem.query("SELECT objid FROM pg_locks WHERE objid = 4711"));
        assertNothingIsLeft(ecosystem);
    }

    @Test
    void anInstanceThatBreaksIsUndoneAndTheOthersAreMade() {
        TestEcosystem ecosystem = TestEcosystem.in(folder)
                .file("broken/V1__broken.sql", "SELECT 'breaks here'")
                .manifest("""
                        services:
                          exchange-simulator: {}
                        instances:
                          exchange-badNN: {service: exchange-simulator, sql: broken}
                          exchange-goodNN: {service: exchange-simulator}
                        """);

        Ran init = ecosystem.run(
                new Breaking("breaks here", BrokenWorkerTest::breakDown), "init", "-v", "--parallel", "1");

        assertEquals(1, init.exitCode(), init::toString);
        assertTells(init, ecosystem, """
                error: exchange-badNN: IllegalStateException: a fault of ours
                error: this should not have happened: IllegalStateException: a fault of ours
                java.lang.IllegalStateException: a fault of ours
                """);
        assertEquals(
                List.of(ecosystem.numbered("exchange_goodNN")),
                ecosystem.query("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'exchange%NN'"));
        assertEquals(
                List.of(ecosystem.numbered("exchange_goodNN_adapter")),
                ecosystem.query("SELECT rolname FROM pg_roles WHERE rolname LIKE 'exchange%NN_adapter'"));
        assertEquals(List.of(), ecosystem.openIntents());
        assertEquals(List.of("failed"), ecosystem.query("SELECT outcome FROM provision.run_outcomes"));
    }

    @Test
    void anInstanceThatBreaksAtItsCommitIsUndone() {
        TestEcosystem ecosystem = TestEcosystem.in(folder).manifest("""
                services:
                  exchange-simulator: {}
                instances:
                  exchange-oneNN: {service: exchange-simulator}
                """);
        AtomicBoolean broken = new AtomicBoolean();
        StringWriter log = new StringWriter();

        Ran init = ecosystem.run(
                new Breaking(log, "sql: COMMIT\n", () -> {
                    boolean made = log.toString().contains("CREATE SCHEMA \"exchange_one");
                    if (made && broken.compareAndSet(false, true)) {
                        throw new LinkageError("broken");
                    }
                }),
                "init", "-v");

        assertEquals(1, init.exitCode(), init::toString);
        assertTells(init, ecosystem, """
                error: exchange-oneNN: LinkageError: broken
                error: this should not have happened: LinkageError: broken
                java.lang.LinkageError: broken
                """);
        assertNothingIsLeft(ecosystem);
    }

    @Test
    void whatBreaksBeforeTheInstancesIsUndoneToo() {
        TestEcosystem ecosystem = TestEcosystem.in(folder).manifest("""
                services:
                  exchange-simulator: {}
                instances:
                  exchange-oneNN: {service: exchange-simulator}
                  exchange-twoNN: {service: exchange-simulator}
                """);

        Ran init = ecosystem.run(new Breaking("CREATE ROLE", BrokenWorkerTest::breakDown), "init", "-v");

        assertEquals(1, init.exitCode(), init::toString);
        assertTells(init, ecosystem, FAULT_BEFORE_INSTANCES);
        assertNothingIsLeft(ecosystem);
    }

    /** The others wait for what comes before the instances, and nobody is left to do that. */
    @Test
    void nobodyWaitsForWorkersThatBreakBeforeTheyHaveASession() {
        TestEcosystem ecosystem = TestEcosystem.in(folder).manifest("""
                services:
                  exchange-simulator: {}
                instances:
                  exchange-oneNN: {service: exchange-simulator}
                  exchange-twoNN: {service: exchange-simulator}
                  exchange-threeNN: {service: exchange-simulator}
                """);
        StringWriter log = new StringWriter();

        Ran init = ecosystem.run(
                new Breaking(log, "READ COMMITTED, READ ONLY", () -> {
                    if (log.toString().contains("pg_advisory_xact_lock_shared")) {
                        breakDown();
                    }
                }),
                "init", "-v");

        assertEquals(1, init.exitCode(), init::toString);
        assertTells(init, ecosystem, FAULT_BEFORE_INSTANCES);
        assertNothingIsLeft(ecosystem);
    }

    @Test
    void aRotationThatBreaksLeavesTheOldPassword() throws IOException {
        TestEcosystem ecosystem = TestEcosystem.in(folder).manifest("""
                defaults:
                  password: {generate: "secrets/{instance}"}
                services:
                  exchange-simulator: {}
                instances:
                  exchange-oneNN: {service: exchange-simulator}
                """);
        ecosystem.init();
        Path secret = folder.resolve(ecosystem.numbered("secrets/exchange-oneNN"));
        String old = Files.readString(secret);

        Ran rotate = ecosystem.run(
                new Breaking("PASSWORD", () -> {
                    throw new LinkageError("broken");
                }),
                "rotate", ecosystem.numbered("exchange-oneNN"), "--yes", "-v");

        assertEquals(1, rotate.exitCode(), rotate::toString);
        assertTells(rotate, ecosystem, """
                error: exchange-oneNN: LinkageError: broken
                error: this should not have happened: LinkageError: broken
                java.lang.LinkageError: broken
                """);
        assertEquals(old, Files.readString(secret));
        assertEquals(List.of(), ecosystem.openIntents());
        assertEquals(0, ecosystem.run("rotate", ecosystem.numbered("exchange-oneNN"), "--yes").exitCode());
    }

    private static void breakDown() {
        throw new IllegalStateException("a fault of ours");
    }

    private static void assertTells(Ran ran, TestEcosystem ecosystem, String lines) {
        List<String> told = ran.err().lines()
                .filter(line -> line.startsWith("error: ") || line.startsWith("java.lang."))
                .toList();
        assertEquals(ecosystem.numbered(lines), String.join("\n", told) + "\n", ran::toString);
    }

    private static void assertNothingIsLeft(TestEcosystem ecosystem) {
        assertEquals(
                List.of(), ecosystem.query("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'exchange%NN'"));
        assertEquals(
                List.of(), ecosystem.query("SELECT rolname FROM pg_roles WHERE rolname LIKE 'exchange%NN_adapter'"));
        assertEquals(List.of(), ecosystem.openIntents());
    }

    /** The log of whoever breaks while it tells what is sent. */
    private static final class Breaking extends StringWriter {

        private final StringWriter log;
        private final String at;
        private final Runnable fault;

        Breaking(String at, Runnable fault) {
            this(new StringWriter(), at, fault);
        }

        /** @param log has what was told by then */
        Breaking(StringWriter log, String at, Runnable fault) {
            this.log = log;
            this.at = at;
            this.fault = fault;
        }

        @Override
        public void write(String text, int from, int length) {
            super.write(text, from, length);
            log.write(text, from, length);
            if (text.contains(at)) {
                fault.run();
            }
        }
    }
}
