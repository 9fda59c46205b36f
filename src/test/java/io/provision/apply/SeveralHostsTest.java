package io.provision.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import io.provision.testing.TestPair;
import io.provision.testing.Tollgate;
import io.provision.testing.Tollgate.Moment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Several hosts in the URL, one of them a standby ({@code postgres.md}, "More than one machine"): the primary is found,
 * and a run never commits on another server than the one that its lock is on.
 */
@Tag("full")
@Timeout(300)
class SeveralHostsTest {

    /** The driver remembers for ten seconds which host was what, and these tests are quicker. */
    private static final String FORGETFUL = "?hostRecheckSeconds=0";

    private static final String MANIFEST =
            """
            defaults: {readers: [watcherNN], volumes: {dirs: [data]}}
            services:
              exchange-simulator: {}
            instances:
              exchange-okxNN: {service: exchange-simulator}
              exchange-binanceNN: {service: exchange-simulator}
            """;

    /** As it is sent, before it is journaled; an intent has it in JSON, with a backslash. */
    private static final String FIRST_SCHEMA = "CREATE SCHEMA \"exchange_binance";

    @TempDir
    private Path folder;

    @AutoClose
    private TestPair pair;

    private TestEcosystem ecosystem;

    @BeforeEach
    void start() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        pair = TestPair.in(folder);
        ecosystem = TestEcosystem.on(pair.primary(), Files.createDirectory(folder.resolve("ecosystem")))
                .manifest(MANIFEST);
    }

    @Test
    void thePrimaryIsFoundBehindTheStandby() {
        connectingTo(pair.standby().port(), pair.primary().port());

        ecosystem.init();

        ecosystem.assertNothingToDo();
        Ran verify = ecosystem.run("verify");
        assertEquals(0, verify.exitCode(), verify::toString);
        ecosystem.rollback();
    }

    @Test
    void whereNoneOfThemTakesWritesItIsSaid() {
        pair.failOver();
        int gone = pair.primary().port();
        connectingTo(gone, gone);

        Ran init = ecosystem.run("init");

        assertEquals(5, init.exitCode(), init::toString);
        assertTrue(init.err().contains("none of its hosts is a primary that can be reached"), init::toString);
    }

    @Test
    void aFailoverInTheMiddleOfARunEndsItAndTheNextOneGoesOn() throws Exception {
        try (Tollgate gate = Tollgate.meanwhile(FIRST_SCHEMA, pair::failOver)) {
            connectingTo(gate.to(pair.primary().port()), pair.standby().port());
            Ran init = ecosystem.run("init", "--parallel", "1");

            assertEquals(5, init.exitCode(), init::toString);
            assertTrue(init.err().contains("is on another server than the one that answers now"), init::toString);
            assertTrue(init.err().contains("not tried, because the run's lock was lost"), init::toString);
        }
        assertEquals(List.of(), onStandby("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'exchange%'"));
        assertTheNextRunGoesOn();
    }

    @Test
    void whileNobodyTakesWritesARunEndsAndTheNextOneGoesOnWhereSomebodyDoes() throws Exception {
        try (Tollgate gate = Tollgate.meanwhile(FIRST_SCHEMA, pair::stopPrimary)) {
            connectingTo(gate.to(pair.primary().port()), pair.standby().port());
            Ran init = ecosystem.run("init", "--parallel", "1");

            assertEquals(5, init.exitCode(), init::toString);
            assertTrue(init.err().contains("none of its hosts is a primary that can be reached"), init::toString);
            assertTrue(init.err().contains("not tried, because the run's lock was lost"), init::toString);
        }
        pair.promote();
        assertTheNextRunGoesOn();
    }

    @Test
    void whileTheOldPrimaryLivesOnNothingIsCommittedOnTheNewOne() throws Exception {
        try (Tollgate gate = Tollgate.meanwhile(FIRST_SCHEMA, this::splitBrain)) {
            connectingTo(pair.standby().port(), gate.to(pair.primary().port()));
            Ran init = ecosystem.run("init", "--parallel", "1");

            assertEquals(5, init.exitCode(), init::toString);
        }
        assertEquals(List.of(), onStandby("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'exchange%'"));
        assertEquals(List.of("0"), onStandby("SELECT count(*) FROM provision.run_outcomes"));
    }

    @Test
    void whatBecameOfACommitIsNotAskedOfAnotherServer() throws Exception {
        int commit = commitOfTheFirstInstance();
        try (Tollgate gate = Tollgate.atCommit(commit, Moment.UNDERWAY, pair::failOver)) {
            connectingTo(gate.to(pair.primary().port()), pair.standby().port());
            Ran init = ecosystem.run("init", "--parallel", "1");

            assertEquals(5, init.exitCode(), init::toString);
            assertTrue(init.err().contains("it is not known whether it was made"), init::toString);
        }
        assertTheNextRunGoesOn();
    }

    private void connectingTo(int... ports) {
        ecosystem.connectingAs(pair.url(ecosystem.database(), ports) + FORGETFUL);
    }

    /** The lock's connection to the old primary stands; all others are cut, and the standby thinks itself primary. */
    private void splitBrain() {
        pair.promote();
        pair.primary().run("postgres", "ALTER SYSTEM SET synchronous_standby_names = ''");
        pair.primary().run("postgres", "SELECT pg_reload_conf()");
        ecosystem.query(
                """
                SELECT pg_terminate_backend(a.pid)
                FROM pg_stat_activity a
                WHERE a.datname = current_database()
                  AND a.pid <> pg_backend_pid()
                  AND NOT EXISTS (
                    SELECT
                    FROM pg_locks l
                    WHERE l.pid = a.pid
                      AND l.locktype = 'advisory'
                      AND l.mode = 'ExclusiveLock'
                  )
                """);
    }

    private int commitOfTheFirstInstance() throws Exception {
        TestEcosystem whole = TestEcosystem.on(pair.primary(), Files.createDirectory(folder.resolve("whole")))
                .manifest(MANIFEST);
        try (Tollgate gate = new Tollgate(0, Moment.BEFORE, () -> { })) {
            whole.connectingAs(pair.url(whole.database(), gate.to(pair.primary().port())));
            whole.init("--parallel", "1");
            List<String> messages = gate.messages();
            int schema = IntStream.range(0, messages.size())
                    .filter(i -> messages.get(i).contains(FIRST_SCHEMA)).findFirst().orElseThrow();
            return 1 + (int) messages.subList(0, schema).stream()
                    .filter(message -> message.contains(Tollgate.COMMIT)).count();
        }
    }

    private void assertTheNextRunGoesOn() throws Exception {
        connectingTo(pair.primary().port(), pair.standby().port());
        ecosystem.init();
        ecosystem.assertNothingToDo();
        assertEquals(List.of(), onStandby("""
                SELECT run || ' ' || instance
                FROM provision.intents
                EXCEPT
                SELECT run || ' ' || instance
                FROM provision.intent_outcomes
                """));
        ecosystem.rollback();
        assertEquals(List.of(), onStandby("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'exchange%'"));
        assertFalse(ecosystem.stands("volumes"));
    }

    private List<String> onStandby(String sql) throws Exception {
        List<String> rows = new ArrayList<>();
        try (Connection session = pair.standby().connect(ecosystem.database());
                var statement = session.createStatement();
                var result = statement.executeQuery(sql)) {
            while (result.next()) {
                rows.add(result.getString(1));
            }
        }
        return rows;
    }
}
