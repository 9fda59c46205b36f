package io.provision.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.RedisWithoutFiles;
import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import io.provision.testing.TestRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisDataException;

/** A server that restarts still has its users, where it has a file to keep them in; where it has none, that is told. */
@Timeout(60)
class UsersOverARestartTest {

    private static final String USER = "exchange-okxNN-adapter";
    private static final String MANIFEST = """
            defaults: {redis_password: {generate: "secrets/{instance}"}}
            services: {exchange-simulator: {}}
            instances: {exchange-okxNN: {service: exchange-simulator}}
            """;

    @TempDir
    private Path folder;

    private TestEcosystem ecosystem;

    @BeforeEach
    void anInstance() {
        ecosystem = TestEcosystem.in(folder);
    }

    @Test
    void inTheConfigurationFile() {
        TestRedis server = TestRedis.with(Map.of());
        ecosystem.redis(server.url()).manifest(MANIFEST).init();

        restart(server);

        assertStandsAndDefaultKeepsItsPassword(server);
        ecosystem.rollback();
        restart(server);
        assertEquals(List.of("default"), users(server));
        server.stop();
    }

    @Test
    void inTheAclFile() throws IOException {
        Path file = Files.writeString(folder.resolve("users.acl"), "user default on nopass ~* &* +@all\n");
        TestRedis server = TestRedis.with(Map.of("aclfile", file.toString()));
        try (Jedis jedis = server.connect()) {
            jedis.aclSetUser("default", "resetpass", ">" + server.password());
            jedis.aclSave();
        }
        ecosystem.redis(server.url()).manifest(MANIFEST).init();

        restart(server);

        assertStandsAndDefaultKeepsItsPassword(server);
        assertTrue(Files.readString(file).contains(ecosystem.numbered("user " + USER)));
        server.stop();
    }

    @Test
    void inTheAclFileOfAServerThatLetsNobodyConfigureIt() throws IOException {
        Path file = Files.writeString(folder.resolve("users.acl"), "user default on nopass ~* &* +@all\n");
        TestRedis server = TestRedis.with(Map.of("aclfile", file.toString(), "rename-command CONFIG", ""));
        try (Jedis jedis = server.connect()) {
            jedis.aclSetUser("default", "resetpass", ">" + server.password());
            jedis.aclSave();
        }

        Ran plan = ecosystem.redis(server.url()).manifest(MANIFEST).run("plan");
        Ran init = ecosystem.init();

        assertTrue(plan.out().contains("outlive a restart is not known: the server does not let CONFIG GET be asked;"
                + " ACL SAVE will be tried"), plan::toString);
        assertFalse(init.err().contains("\nwarning: "), init::toString);
        assertTrue(Files.readString(file).contains(ecosystem.numbered("user " + USER)));
        server.stop();
    }

    @Test
    void notWithoutAnAclFileThereAndThatIsSaid() {
        TestRedis server = TestRedis.with(Map.of("rename-command CONFIG", ""));
        ecosystem.redis(server.url()).manifest(MANIFEST);

        Ran init = ecosystem.init();

        assertTrue(init.err().contains("changed: the server says: ERR unknown command 'CONFIG'\n"), init::toString);
        server.stop();
    }

    @Test
    void bothPasswordsOfARotationDoAndTheOldOneDoesNotComeBackWhenItIsRetired() {
        TestRedis server = TestRedis.with(Map.of());
        ecosystem.redis(server.url()).manifest(MANIFEST).init();
        String old = ecosystem.read("secrets/exchange-okxNN");

        assertEquals(0, ecosystem.run("rotate", "--yes", "exchange-okxNN").exitCode());
        restart(server);
        server.logIn(ecosystem.numbered(USER), old).close();
        assertStandsAndDefaultKeepsItsPassword(server);
        assertEquals(0, ecosystem.run("rotate", "--yes", "--retire-old", "exchange-okxNN").exitCode());
        restart(server);

        assertStandsAndDefaultKeepsItsPassword(server);
        assertThrows(JedisDataException.class, () -> server.logIn(ecosystem.numbered(USER), old));
        server.stop();
    }

    @Test
    void aPasswordThatNobodyWritesDownIsGoneWithTheRestart() {
        TestRedis server = TestRedis.with(Map.of());
        ecosystem.redis(server.url()).manifest(MANIFEST).init();
        String old = ecosystem.read("secrets/exchange-okxNN");

        Ran rotate = ecosystem.run("rotate", "--yes", "--no-persist", "exchange-okxNN");
        restart(server);

        assertEquals(0, rotate.exitCode(), rotate::toString);
        server.logIn(ecosystem.numbered(USER), old).close();
        assertThrows(
                JedisDataException.class,
                () -> server.logIn(ecosystem.numbered(USER), ecosystem.read("secrets/exchange-okxNN")));
        server.stop();
    }

    @Test
    void whereThereIsNeitherItIsSaidBeforeAndAfter() throws IOException {
        try (RedisWithoutFiles server = new RedisWithoutFiles(folder)) {
            ecosystem.redis(server.url()).manifest(MANIFEST);
            String lost = "users at %s are lost when the server restarts: it has neither an ACL file nor a"
                    .formatted(server.url()) + " configuration file";

            Ran plan = ecosystem.run("plan");
            Ran init = ecosystem.run("init", "-o", "json");
            Ran rotate = ecosystem.answering("no", "rotate", "exchange-okxNN");

            assertTrue(plan.out().contains("note: " + lost), plan::toString);
            assertEquals(0, init.exitCode(), init::toString);
            assertTrue(init.out().contains("\"warnings\": [\"" + lost) || init.out().contains(lost), init::toString);
            assertTrue(init.err().contains("warning: " + lost), init::toString);
            assertTrue(rotate.err().contains("note: " + lost), rotate::toString);
        }
    }

    @Test
    void whereTheLoginMayNotWriteThemDownThatIsAWarning() {
        TestRedis server = TestRedis.shared();
        try (Jedis jedis = server.connect()) {
            jedis.aclSetUser("unwriting", "on", ">made-up", "~*", "&*", "+@all", "-config|rewrite");
        }
        ecosystem.redis("redis://unwriting:made-up@127.0.0.1:" + server.port()).manifest(MANIFEST);

        Ran init = ecosystem.init();

        assertTrue(init.err().contains("are not written down, and a restart of the server undoes what was changed: the "
                + "server says: NOPERM"), init::toString);
        assertTrue(init.err().contains("; `provision grants LOGIN` prints what the login needs for it\n"),
                init::toString);
        assertFalse(init.toString().contains("made-up"), init::toString);
    }

    @Test
    void notWhereThatIsLeftToOthers() {
        TestRedis server = TestRedis.with(Map.of());
        ecosystem.redis(server.url()).manifest(MANIFEST);

        Ran init = ecosystem.init("--no-persist");
        restart(server);

        assertFalse(init.err().contains("restart"), init::toString);
        assertEquals(List.of("default"), users(server));
        server.stop();
    }

    private static void restart(TestRedis server) {
        server.stop();
        server.startAgain();
    }

    private static List<String> users(TestRedis server) {
        try (Jedis jedis = server.connect()) {
            return jedis.aclUsers();
        }
    }

    private void assertStandsAndDefaultKeepsItsPassword(TestRedis server) {
        try (Jedis own = server.logIn(ecosystem.numbered(USER), ecosystem.read("secrets/exchange-okxNN"));
                Jedis stranger = server.stranger()) {
            assertEquals("OK", own.set(ecosystem.numbered("exchange:okxNN:a"), "1"));
            assertThrows(JedisDataException.class, stranger::ping);
        }
        ecosystem.assertNothingToDo();
    }
}
