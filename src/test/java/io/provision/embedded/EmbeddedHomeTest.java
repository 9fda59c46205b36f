package io.provision.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.embedded.EmbeddedStatus.State;
import io.provision.problem.ExitCode;
import io.provision.problem.ProvisionException;
import io.provision.testing.Pause;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedHomeTest {

    private static final Duration AT_ONCE = Duration.ZERO;

    @TempDir
    private static Path temporary;

    private final Path home = temporary.resolve(".provision");
    private final EmbeddedHome embedded = new EmbeddedHome(home, said -> { });

    @AfterEach
    void stop() {
        embedded.stop(Duration.ofMinutes(1));
    }

    @Test
    void lookingMakesNothing() {
        Path untouched = temporary.resolve("untouched/.provision");
        EmbeddedStatus status = new EmbeddedHome(untouched, said -> { }).status();

        assertEquals(new EmbeddedStatus(untouched, State.STOPPED, List.of(), 0), status);
        assertEquals(status, new EmbeddedHome(untouched, said -> { }).stop(AT_ONCE));
        assertEquals(status, new EmbeddedHome(untouched, said -> { }).reset(AT_ONCE));
        assertFalse(Files.exists(untouched));
    }

    @Test
    void commandsUseTheServersThatAreKeptAndLeaveThemRunning() {
        EmbeddedStatus started = embedded.start(AT_ONCE);
        try (EmbeddedServers servers = open()) {
            assertTrue(servers.areKept());
            assertEquals(started.servers().get(0).url(), servers.postgresUrl());
            assertEquals(started.servers().get(1).url(), servers.redisUrl());
        }
        assertEquals(State.KEPT, started.state());
        assertEquals(started.servers(), embedded.status().servers());
    }

    @Test
    void twoCommandsUseTheServersThatAreKeptAtOnce() throws Exception {
        embedded.start(AT_ONCE);
        try (ChildCommand other = ChildCommand.on(home)) {
            assertTrue(other.awaitOpened());
            try (EmbeddedServers servers = open()) {
                assertEquals("1", Clients.ask(servers, "SELECT 1"));
            }
            assertEquals(0, other.end());
        }
    }

    @Test
    void startingTwiceIsStartingOnce() {
        assertEquals(embedded.start(AT_ONCE).servers(), embedded.start(AT_ONCE).servers());
    }

    /** Redis stands long before PostgreSQL has made its first database. */
    @Test
    void aStartThatIsToldToEndMeanwhileLeavesNoServerBehind() throws Exception {
        Path begun = temporary.resolve("begun/.provision");
        EmbeddedHome home = new EmbeddedHome(begun, said -> { });
        try (ChildCommand child = ChildCommand.starting(begun)) {
            while (home.status().servers().isEmpty()) {
                Pause.brief();
            }
            child.terminate();
        }

        EmbeddedStatus left = home.status();
        home.stop(AT_ONCE);
        assertEquals(List.of(), left.servers());
    }

    @Test
    void theOneOfThePairThatDiedIsStartedAgain() throws InterruptedException {
        EmbeddedStatus started = embedded.start(AT_ONCE);
        ServerProcess redis = new ServerProcess(
                ProcessHandle.of(started.servers().get(1).pid()).orElseThrow());
        redis.handle().destroyForcibly();
        redis.awaitEnd();
        try (EmbeddedServers servers = EmbeddedServers.open(home, Set.of(Kind.values()), Duration.ofMinutes(1),
                said -> { })) {
            assertTrue(servers.areKept());
            assertEquals(started.servers().get(1).url(), servers.redisUrl());
        }
        assertEquals(started.servers().get(0), embedded.status().servers().get(0));
    }

    @Test
    void stoppingKeepsTheData() throws SQLException {
        embedded.start(AT_ONCE);
        try (EmbeddedServers servers = open()) {
            Clients.run(servers, "CREATE TABLE IF NOT EXISTS kept (id int)");
        }
        EmbeddedStatus stopped = embedded.stop(AT_ONCE);

        assertEquals(State.STOPPED, stopped.state());
        assertTrue(stopped.dataBytes() > 1_000_000);
        try (EmbeddedServers servers = open()) {
            assertFalse(servers.areKept());
            assertEquals("0", Clients.ask(servers, "SELECT count(*) FROM kept"));
        }
    }

    @Test
    void resettingStopsThemAndDeletesTheirData() {
        embedded.start(AT_ONCE);
        EmbeddedStatus reset = embedded.reset(AT_ONCE);

        assertEquals(new EmbeddedStatus(home, State.STOPPED, List.of(), 0), reset);
    }

    @Test
    void resettingIsRefusedWhileACommandUsesThem() throws Exception {
        embedded.start(AT_ONCE);
        try (ChildCommand other = ChildCommand.on(home)) {
            assertTrue(other.awaitOpened());
            ProvisionException refused = assertThrows(ProvisionException.class, () -> embedded.reset(AT_ONCE));
            assertEquals(ExitCode.LOCKED, refused.exitCode());
            assertTrue(refused.getMessage().contains("process " + other.pid()), refused.getMessage());
            assertEquals(2, embedded.status().servers().size());
            assertEquals(0, other.end());
        }
    }

    @Test
    void whatACommandBorrowsIsSaidToBeBorrowed() {
        try (EmbeddedServers servers = open()) {
            assertFalse(servers.areKept());
            assertEquals(State.BORROWED, embedded.status().state());
        }
    }

    @Test
    void aServersTextHidesItsPassword() {
        RunningServer server = new RunningServer(Kind.REDIS, "redis://default:secret@127.0.0.1:1", 2);

        assertEquals("Redis at redis://default:***@127.0.0.1:1, process 2", server.toString());
    }

    private EmbeddedServers open() {
        return EmbeddedServers.open(home, Set.of(Kind.values()), AT_ONCE, said -> { });
    }
}
