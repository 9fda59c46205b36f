package io.provision.embedded;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.problem.ExitCode;
import io.provision.problem.ProvisionException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** One folder for all tests of this class: what one leaves there is what the next finds, as with commands. */
class EmbeddedServersTest {

    private static final Duration AT_ONCE = Duration.ZERO;
    private static final Duration PATIENTLY = Duration.ofMinutes(1);

    /** What a shell, a configuration file and an encoding may trip over. */
    @TempDir
    private static Path temporary;

    private final Path home = temporary.resolve("söme one's \"project\" $HOME `x` \\ 例").resolve(".provision");
    private final List<String> said = new ArrayList<>();

    @AfterEach
    void nothingGoesOn() {
        new EmbeddedHome(home, said::add).stop(PATIENTLY);
    }

    @Test
    void whatACommandLeavesTheNextFinds() throws SQLException {
        try (EmbeddedServers servers = open(); Jedis jedis = Clients.redis(servers.redisUrl())) {
            Clients.run(servers, "CREATE TABLE IF NOT EXISTS kept (id int); INSERT INTO kept VALUES (1)");
            jedis.set("kept", "1");
            jedis.aclSetUser("kept-user", "on", "~kept:*", "+get");
            jedis.configRewrite();
        }
        try (EmbeddedServers servers = open(); Jedis jedis = Clients.redis(servers.redisUrl())) {
            assertEquals("1", Clients.ask(servers, "SELECT min(id) FROM kept"));
            assertEquals("1", jedis.get("kept"));
            assertTrue(jedis.aclUsers().contains("kept-user"));
        }
    }

    @Test
    void theServersEndWithTheCommand() {
        EmbeddedServers servers = open();
        List<Long> processes = processes();
        servers.close();

        assertEquals(2, processes.size());
        assertTrue(processes.stream().noneMatch(Clients::lives));
    }

    @Test
    void closingTwiceIsClosingOnce() {
        EmbeddedServers servers = open();
        servers.close();
        EmbeddedServers next = open();
        servers.close();

        assertEquals(2, processes().size());
        next.close();
    }

    @Test
    void onlyTheServersThatAreAskedForStart() {
        try (EmbeddedServers servers = EmbeddedServers.open(home, EnumSet.of(Kind.REDIS), AT_ONCE, said::add)) {
            assertEquals(1, processes().size());
            assertThrows(IllegalStateException.class, servers::postgresUrl);
        }
    }

    @Test
    void theUrlsStayTheSame() {
        EmbeddedServers servers = open();
        List<String> before = List.of(servers.postgresUrl(), servers.redisUrl());
        servers.close();
        try (EmbeddedServers again = open()) {
            assertEquals(before, List.of(again.postgresUrl(), again.redisUrl()));
        }
    }

    @Test
    void aPortThatSomebodyElseTookMeanwhileIsGivenUp() throws IOException {
        EmbeddedServers servers = open();
        int port = URI.create(servers.redisUrl()).getPort();
        servers.close();
        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
                EmbeddedServers again = open()) {
            assertNotEquals(taken.getLocalPort(), URI.create(again.redisUrl()).getPort());
        }
    }

    @Test
    void nobodyGetsInWithoutThePassword() {
        try (EmbeddedServers servers = open();
                Jedis stranger = new Jedis("127.0.0.1", URI.create(servers.redisUrl()).getPort())) {
            SQLException refused = assertThrows(SQLException.class,
                    () -> Clients.postgres(servers.postgresUrl(), "wrong").close());
            assertEquals("28P01", refused.getSQLState());
            assertTrue(assertThrows(RuntimeException.class, stranger::ping).getMessage().startsWith("NOAUTH"));
        }
    }

    @Test
    void nobodyGetsInFromAnotherMachine() throws SQLException {
        try (EmbeddedServers servers = open(); Jedis jedis = Clients.redis(servers.redisUrl())) {
            assertEquals("127.0.0.1", Clients.ask(servers, "SHOW listen_addresses"));
            assertEquals("", Clients.ask(servers, "SHOW unix_socket_directories"));
            assertEquals("scram-sha-256", Clients.ask(servers,
                    "SELECT string_agg(DISTINCT auth_method, ' ') FROM pg_hba_file_rules"));
            assertEquals("127.0.0.1", jedis.configGet("bind").get("bind"));
        }
    }

    @Test
    void textSortsByCodePointWhateverTheMachinesLocale() throws SQLException {
        try (EmbeddedServers servers = open()) {
            assertEquals("Z,a,ä", Clients.ask(servers,
                    "SELECT string_agg(name, ',' ORDER BY name) FROM (VALUES ('ä'), ('a'), ('Z')) AS names (name)"));
        }
    }

    @Test
    void whatIsCommittedIsOnDisk() throws SQLException {
        try (EmbeddedServers servers = open()) {
            assertEquals("on on", Clients.ask(servers,
                    "SELECT current_setting('fsync') || ' ' || current_setting('synchronous_commit')"));
        }
    }

    @Test
    void thePasswordsStandInNoProcessListAndInNoLog() throws IOException {
        try (EmbeddedServers servers = open()) {
            List<String> passwords = Stream.of(servers.postgresUrl(), servers.redisUrl()).map(Clients::password)
                    .toList();
            String commands = ProcessHandle.allProcesses()
                    .map(process -> process.info().commandLine().orElse(""))
                    .reduce("", String::concat);
            String logs = Files.readString(home.resolve("embedded/postgres/server.log"))
                    + Files.readString(home.resolve("embedded/redis/server.log"));

            assertTrue(commands.contains("redis.conf") && logs.contains("ready to accept connections"));
            assertAll(passwords.stream().map(password ->
                    () -> assertFalse((commands + logs + said).contains(password))));
        }
    }

    @Test
    void thePasswordOfAStatementThatFailsStandsInNoLog() throws IOException, SQLException {
        try (EmbeddedServers servers = open()) {
            assertThrows(SQLException.class,
                    () -> Clients.run(servers, "CREATE ROLE postgres LOGIN PASSWORD 'in-no-log'"));
        }
        assertFalse(Files.readString(home.resolve("embedded/postgres/server.log")).contains("in-no-log"));
    }

    @Test
    void aFolderThatStoodOpenIsShut() throws IOException {
        open().close();
        Path password = home.resolve("embedded/postgres/password");
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-r--r--"));
        Files.setPosixFilePermissions(home.resolve("embedded/postgres/data"),
                PosixFilePermissions.fromString("rwxrwxrwx"));
        open().close();

        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(home)));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(password)));
    }

    @Test
    void noSecretGetsIntoAGitRepository() throws IOException {
        open().close();

        assertEquals("*\n", Files.readString(home.resolve(".gitignore")));
    }

    @Test
    void theServersOfAKilledCommandAreStoppedByTheNext() throws Exception {
        open().close();
        List<Long> orphans;
        try (ChildCommand child = ChildCommand.on(home)) {
            assertTrue(child.awaitOpened());
            orphans = processes();
            child.kill();
        }
        assertTrue(orphans.stream().allMatch(Clients::lives));
        try (EmbeddedServers servers = open()) {
            assertEquals("1", Clients.ask(servers, "SELECT 1"));
            assertTrue(orphans.stream().noneMatch(Clients::lives));
        }
    }

    @Test
    void aCommandThatIsToldToEndStopsItsServers() throws Exception {
        try (ChildCommand child = ChildCommand.on(home)) {
            assertTrue(child.awaitOpened());
            List<Long> processes = processes();
            child.terminate();

            assertEquals(2, processes.size());
            assertTrue(processes.stream().noneMatch(Clients::lives));
        }
    }

    @Test
    void ofTwoCommandsTheSecondGivesUpAndSaysWhoIsInTheWay() throws Exception {
        try (ChildCommand child = ChildCommand.on(home)) {
            assertTrue(child.awaitOpened());
            ProvisionException locked = assertThrows(ProvisionException.class, this::open);
            assertEquals(ExitCode.LOCKED, locked.exitCode());
            assertTrue(locked.getMessage().contains("in use by process " + child.pid()), locked.getMessage());
            assertEquals(0, child.end());
        }
    }

    @Test
    void ofTwoCommandsTheSecondWaitsAndGoesOn() throws Exception {
        try (ChildCommand first = ChildCommand.on(home)) {
            assertTrue(first.awaitOpened());
            try (ChildCommand second = ChildCommand.on(home)) {
                assertEquals(0, first.end());
                assertTrue(second.awaitOpened());
                assertEquals(0, second.end());
            }
        }
    }

    @Test
    void anInstallationWithoutThemSaysSo() throws Exception {
        String onlyOurs = String.join(":", classesOf(EmbeddedServers.class), classesOf(ChildCommand.class));
        try (ChildCommand child = ChildCommand.on(home, onlyOurs, ProcessBuilder.Redirect.PIPE)) {
            assertFalse(child.awaitOpened());
            String errors = child.errors();
            assertTrue(errors.contains("there are no embedded servers in this installation"), errors);
        }
    }

    private static String classesOf(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    }

    private EmbeddedServers open() {
        return EmbeddedServers.open(home, Set.of(Kind.values()), AT_ONCE, said::add);
    }

    private List<Long> processes() {
        return new EmbeddedHome(home, said::add).status().servers().stream().map(RunningServer::pid).toList();
    }
}
