package io.provision.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.Pause;
import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import io.provision.testing.TestRedis;
import io.provision.testing.TestSentinelGroup;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisSentinelClient;
import redis.clients.jedis.exceptions.JedisAccessControlException;

/** A master, two replicas and three sentinels; who is what changes while the tool works. */
@Tag("full")
@Timeout(300)
class FailoverTest {

    private static final String MANIFEST = """
            defaults: {redis_password: {generate: "secrets/{instance}"}}
            services: {exchange-simulator: {}, custodian-simulator: {%s}}
            instances:
              exchange-okxNN: {service: exchange-simulator}
              custodian-aNN: {service: custodian-simulator}
            """;

    @TempDir
    private Path folder;

    @AutoClose
    private TestSentinelGroup group;

    private TestEcosystem ecosystem;

    @BeforeEach
    void aGroup() {
        group = new TestSentinelGroup(folder);
        ecosystem = TestEcosystem.in(folder).redis(group.url()).manifest(MANIFEST.formatted(""));
    }

    @Test
    void allServersHaveTheUsersAndTheyStayThroughAFailover() {
        List<List<String>> before = lists();

        ecosystem.init();

        for (TestRedis server : group.servers()) {
            assertEquals(3, list(server).size());
        }
        tryWhatItOpens();
        group.failOver();
        ecosystem.assertNothingToDo();
        tryWhatItOpens();
        ecosystem.rollback();
        assertEquals(before, lists());
    }

    private void tryWhatItOpens() {
        DefaultJedisClientConfig own = DefaultJedisClientConfig.builder()
                .user(ecosystem.numbered("exchange-okxNN-adapter"))
                .password(ecosystem.read("secrets/exchange-okxNN"))
                .build();
        try (RedisSentinelClient client = RedisSentinelClient.builder()
                .masterName(TestSentinelGroup.MASTER)
                .sentinels(group.sentinels())
                .clientConfig(own)
                .build()) {
            assertEquals("OK", client.set(ecosystem.numbered("exchange:okxNN:a"), "1"));
            assertThrows(
                    JedisAccessControlException.class,
                    () -> client.set(ecosystem.numbered("custodian:aNN:a"), "1"));
        }
    }

    @Test
    void whatFailsAfterAFailoverIsUndoneOnAllServers() throws Exception {
        List<List<String>> before = lists();

        Ran init = whileItWaits(group::failOver);

        assertEquals(1, init.exitCode(), init::toString);
        assertTrue(init.err().contains("division by zero"), init::toString);
        for (TestRedis server : group.servers()) {
            assertEquals(Set.of("default", ecosystem.numbered("exchange-okxNN-adapter")), users(server));
        }
        ecosystem.rollback();
        assertEquals(before, lists());
    }

    @Test
    void whereTheMasterIsGoneTheOthersAreBroughtBackAndTheNextRunGoesOn() throws Exception {
        TestRedis gone = group.master();

        Ran init = whileItWaits(group::killMaster);

        assertEquals(1, init.exitCode(), init::toString);
        assertTrue(init.err().contains(" could not be taken back: Redis at redis://default:***@127.0.0.1:%d"
                .formatted(gone.port())), init::toString);
        for (TestRedis server : group.servers()) {
            if (server != gone) {
                assertEquals(Set.of("default", ecosystem.numbered("exchange-okxNN-adapter")), users(server));
            }
        }
        Ran early = ecosystem.manifest(MANIFEST.formatted("")).run("init");
        assertEquals(7, early.exitCode(), early::toString);
        assertTrue(early.err().contains("127.0.0.1:" + gone.port()), early::toString);
        group.startAgain(gone);
        ecosystem.init();
        ecosystem.assertNothingToDo();
        Ran rollback = ecosystem.rollback();
        for (TestRedis server : group.servers()) {
            assertEquals(Set.of("default"), users(server), rollback::toString);
        }
    }

    @Test
    void aFailoverWhileUsersAreSetIsSurvivedOrToldAndTheNextRunConverges() throws Exception {
        ecosystem.manifest("""
                defaults: {redis_password: {generate: "secrets/{instance}"}}
                services: {exchange-simulator: {}}
                instances:
                %s
                """.formatted(IntStream.range(0, 40)
                .mapToObj("  exchange-x%dNN: {service: exchange-simulator}"::formatted)
                .collect(Collectors.joining("\n"))));
        List<List<String>> before = lists();
        CompletableFuture<Ran> run = CompletableFuture.supplyAsync(() -> ecosystem.run("init"));
        awaitUser();

        group.failOver();

        Ran init = run.get();
        assertTrue(init.exitCode() == 0 || init.exitCode() == 5, init::toString);
        ecosystem.init();
        ecosystem.assertNothingToDo();
        ecosystem.rollback();
        assertEquals(before, lists());
    }

    /** Runs an init whose users are set, and one of whose instances waits in the database, and fails then. */
    private Ran whileItWaits(Runnable meanwhile) throws Exception {
        ecosystem.manifest(MANIFEST.formatted("sql: sql"))
                .file("sql/V1__wait.sql", "SELECT pg_advisory_xact_lock(NN);\nSELECT 1 / 0;\n");
        try (var holder = ecosystem.connect(); var statement = holder.createStatement()) {
            statement.execute(ecosystem.numbered("SELECT pg_advisory_lock(NN)"));
            CompletableFuture<Ran> run =
                    CompletableFuture.supplyAsync(() -> ecosystem.run("init", "--lock-timeout", "60s"));
            awaitUser();
            while (ecosystem.query("SELECT 1 FROM pg_locks WHERE objid = NN AND NOT granted").isEmpty()) {
                Pause.brief();
            }
            meanwhile.run();
            statement.execute(ecosystem.numbered("SELECT pg_advisory_unlock(NN)"));
            return run.get();
        }
    }

    private void awaitUser() {
        try (Jedis jedis = group.servers().get(2).connect()) {
            while (jedis.aclUsers().size() < 2) {
                Pause.brief();
            }
        }
    }

    private List<List<String>> lists() {
        return group.servers().stream().map(FailoverTest::list).toList();
    }

    private static List<String> list(TestRedis server) {
        try (Jedis jedis = server.connect()) {
            return jedis.aclList();
        }
    }

    private static Set<String> users(TestRedis server) {
        try (Jedis jedis = server.connect()) {
            return Set.copyOf(jedis.aclUsers());
        }
    }
}
