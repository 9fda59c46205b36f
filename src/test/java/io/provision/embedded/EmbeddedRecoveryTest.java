package io.provision.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.provision.problem.ExitCode;
import io.provision.problem.ProvisionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an interrupted start, a full disk or a careless hand leaves behind; a folder for each test. */
class EmbeddedRecoveryTest {

    @TempDir
    private Path temporary;

    @AfterEach
    void stop() {
        new EmbeddedHome(home(), said -> { }).stop(Duration.ZERO);
    }

    @Test
    void aStartThatWasKilledHalfwayIsBegunAnew() throws IOException, SQLException {
        Path halfMade = postgres().resolve("draft-1");
        Files.createDirectories(halfMade.resolve("base"));
        Files.writeString(halfMade.resolve("PG_VERSION"), "17\n");
        Files.writeString(postgres().resolve("password.new"), "half");
        try (EmbeddedServers servers = open()) {
            assertEquals("1", Clients.ask(servers, "SELECT 1"));
        }
        assertFalse(Files.exists(halfMade));
    }

    @Test
    void whatAnUnpackingThatWasKilledLeftIsDeletedByALaterOne() throws IOException {
        Path place = Files.createDirectory(temporary.resolve("programs"));
        Path abandoned = Files.createDirectory(place.resolve("draft-1"));
        Files.setLastModifiedTime(abandoned, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
        Path another = Files.createDirectory(place.resolve("draft-2"));

        new ServerPrograms(List.of(place), said -> { }).redis();

        assertFalse(Files.exists(abandoned));
        assertTrue(Files.exists(another));
    }

    @Test
    void aProcessThatHasTheNumberOfTheLastServerIsNotTakenForIt() throws IOException {
        open().close();
        long ours = ProcessHandle.current().pid();
        Files.writeString(postgres().resolve("data/postmaster.pid"),
                ours + "\n" + postgres().resolve("data") + "\n1\n5432\n\n127.0.0.1\n  1  1\nready   \n");
        Files.writeString(home().resolve("embedded/redis/pid"), ours + "\n");

        assertEquals(List.of(), new EmbeddedHome(home(), said -> { }).status().servers());
        try (EmbeddedServers servers = open()) {
            assertFalse(servers.postgresUrl().contains(":5432/"));
        }
    }

    /** Redis goes on where it could not write its number down; nobody would ever find it again. */
    @Test
    void aRedisWhoseNumberTheFullDiskDidNotTakeIsStoppedAllTheSame() throws IOException {
        EmbeddedServers servers = openRedis();
        Path pid = home().resolve("embedded/redis/pid");
        ProcessHandle redis = ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();
        Files.writeString(pid, "");
        servers.close();

        assertFalse(new ServerProcess(redis).isAlive());
    }

    /** Such as the shell of a person who looks around there. */
    @Test
    void whoOnlyWorksInTheDataFolderIsNotTakenForARedisWithoutANumber() throws IOException {
        openRedis().close();
        Path redis = home().resolve("embedded/redis");
        Files.writeString(redis.resolve("pid"), "");
        Process another = new ProcessBuilder("sleep", "60").directory(redis.resolve("data").toFile()).start();
        try {
            EmbeddedHome stopped = new EmbeddedHome(home(), said -> { });

            assertEquals(List.of(), stopped.status().servers());
            stopped.stop(Duration.ZERO);
            assertTrue(another.isAlive());
        } finally {
            another.destroyForcibly();
        }
    }

    /** As on a disk that is full by then. */
    @Test
    void serversThatCannotBeNotedAsKeptDoNotGoOn() throws IOException {
        Files.createDirectories(home().resolve("embedded"));
        Files.createSymbolicLink(home().resolve("embedded/kept"), temporary.resolve("nowhere/kept"));
        EmbeddedHome embedded = new EmbeddedHome(home(), said -> { });

        assertThrows(ProvisionException.class, () -> embedded.start(Duration.ZERO));
        assertEquals(List.of(), embedded.status().servers());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "rubbish\n"})
    void aProcessFileWithoutANumberIsForgotten(String text) throws IOException, SQLException {
        open().close();
        Files.writeString(postgres().resolve("data/postmaster.pid"), text);

        try (EmbeddedServers servers = open()) {
            assertEquals("1", Clients.ask(servers, "SELECT 1"));
        }
    }

    @Test
    void thatTheDiskIsFullIsWhyAServerDidNotStartWhateverElseItSays() throws IOException {
        Path log = Files.writeString(temporary.resolve("server.log"), """
                2026-11-22 05:00:00.000 UTC [7] FATAL:  could not extend file "base/1/2": No space left on device
                2026-11-22 05:00:00.000 UTC [7] HINT:  Check free disk space.
                2026-11-22 05:00:00.000 UTC [7] PANIC:  cannot abort transaction 1, it was already committed
                """);

        assertEquals("could not extend file \"base/1/2\": No space left on device", new ServerLog(log).reason());
    }

    @Test
    void dataOfAnotherPostgresqlSaySo() throws IOException {
        open().close();
        Files.writeString(postgres().resolve("data/PG_VERSION"), "12\n");
        ProvisionException failure = assertThrows(ProvisionException.class, this::open);

        assertTrue(failure.getMessage().contains("database files are incompatible with server"), failure.getMessage());
    }

    /** To root, no folder is shut. */
    @Test
    void serversInAFolderThatIsShutAreNotSaidToBeStopped() throws IOException {
        assumeTrue(Access.uid() != Access.ROOT, "to root, no folder is shut");
        Files.createDirectories(home());
        Files.setPosixFilePermissions(home(), PosixFilePermissions.fromString("---------"));
        try {
            EmbeddedHome shut = new EmbeddedHome(home(), said -> { });
            assertEquals(ExitCode.REFUSED, assertThrows(ProvisionException.class, shut::status).exitCode());
        } finally {
            Files.setPosixFilePermissions(home(), PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void aServerThatDoesNotStartSaysWhyAndWhereItsLogIs() throws IOException {
        open().close();
        Files.delete(postgres().resolve("data/global/pg_control"));
        ProvisionException failure = assertThrows(ProvisionException.class, this::open);

        assertEquals(ExitCode.UNREACHABLE, failure.exitCode());
        assertTrue(failure.getMessage().contains("global/pg_control"), failure.getMessage());
        assertTrue(failure.getMessage().contains(postgres().resolve("server.log").toString()), failure.getMessage());
        assertEquals(List.of(), new EmbeddedHome(home(), said -> { }).status().servers());
    }

    @Test
    void aRedisThatDoesNotStartSaysWhyToo() throws IOException {
        openRedis().close();
        Files.writeString(home().resolve("embedded/redis/data/appendonlydir/appendonly.aof.manifest"), "rubbish\n");
        ProvisionException failure = assertThrows(ProvisionException.class, this::openRedis);

        assertEquals(ExitCode.UNREACHABLE, failure.exitCode());
        assertTrue(failure.getMessage().startsWith("starting the embedded Redis: Invalid AOF manifest"),
                failure.getMessage());
    }

    @Test
    void dataWhosePasswordIsLostIsNotTouched() throws IOException {
        open().close();
        Files.delete(postgres().resolve("password"));
        ProvisionException refused = assertThrows(ProvisionException.class, this::open);

        assertEquals(ExitCode.REFUSED, refused.exitCode());
        assertTrue(Files.exists(postgres().resolve("data/PG_VERSION")));
    }

    @Test
    void aRedisWhosePasswordIsLostIsNotTouchedEither() throws IOException {
        openRedis().close();
        Path redis = home().resolve("embedded/redis");
        Files.writeString(redis.resolve("redis.conf"), "user default on #" + "0".repeat(64) + " ~* &* +@all\n",
                StandardOpenOption.APPEND);
        Files.delete(redis.resolve("password"));
        ProvisionException refused = assertThrows(ProvisionException.class, this::openRedis);

        assertEquals(ExitCode.REFUSED, refused.exitCode());
        assertTrue(refused.problems().get(0).remedy().orElseThrow().contains("provision embedded reset"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"999999", "-1", "0", "any", ""})
    void aNotedPortThatIsNoneIsForgotten(String port) throws IOException {
        openRedis().close();
        Files.writeString(home().resolve("embedded/redis/port"), port);

        openRedis().close();
    }

    @Test
    void aFolderThatWasMovedGoesOn() throws IOException, SQLException {
        try (EmbeddedServers servers = open()) {
            Clients.run(servers, "CREATE TABLE moved ()");
        }
        Files.move(temporary.resolve("project"), temporary.resolve("elsewhere"));
        try (EmbeddedServers servers = EmbeddedServers.open(temporary.resolve("elsewhere/.provision"),
                Set.of(Kind.values()), Duration.ZERO, said -> { })) {
            assertEquals("0", Clients.ask(servers, "SELECT count(*) FROM moved"));
        }
    }

    @Tag("full")
    @Test
    void aVeryLongPathWorks() throws SQLException {
        Path deep = temporary.resolve("d".repeat(200)).resolve("e".repeat(200)).resolve("f".repeat(200));
        try (EmbeddedServers servers = EmbeddedServers.open(deep, Set.of(Kind.values()), Duration.ZERO, said -> { })) {
            assertEquals("1", Clients.ask(servers, "SELECT 1"));
        }
    }

    @Tag("full")
    @Test
    void firstCommandsAtOnceDoNotDisturbOneAnother() throws Exception {
        try (ChildCommand one = ChildCommand.on(home()); ChildCommand other = ChildCommand.on(home())) {
            one.tellToEnd();
            other.tellToEnd();

            assertTrue(one.awaitOpened() && other.awaitOpened());
            assertEquals(0, one.end() + other.end());
        }
    }

    /** As in a container whose root may make no user namespace. */
    @Tag("full")
    @Test
    void rootBecomesNobodyWhereItMayMakeNoNamespace() throws SQLException {
        assumeTrue(Access.uid() == Access.ROOT, "only root may become another user");
        ServerPrograms programs = new ServerPrograms(home().resolve("bin"), said -> { });
        PostgresServer namespace = new PostgresServer(programs::postgres, postgres(), Map.of(),
                (path, folder) -> ServerAccount.NAMESPACE);
        PostgresServer nobody = new PostgresServer(programs::postgres, postgres(), Map.of(),
                (path, folder) -> ServerAccount.AS_NOBODY);
        for (PostgresServer server : List.of(nobody, namespace, nobody)) {
            Clients.postgres(server.start().url()).close();
            server.stop();
        }
    }

    private Path home() {
        return temporary.resolve("project/.provision");
    }

    private Path postgres() {
        return home().resolve("embedded/postgres");
    }

    private EmbeddedServers open() {
        return EmbeddedServers.open(home(), Set.of(Kind.values()), Duration.ZERO, said -> { });
    }

    private EmbeddedServers openRedis() {
        return EmbeddedServers.open(home(), Set.of(Kind.REDIS), Duration.ZERO, said -> { });
    }
}
