package io.provision.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.Pause;
import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import io.provision.testing.TestRedis;
import io.provision.testing.Tollgate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** What a run without PostgreSQL, and so without a journal, takes back of what fails; and what it cannot, it tells. */
@Timeout(60)
class UnjournaledUndoTest {

    private static final String BEFORE_USERS = "SETUSER";
    private static final String BEFORE_TRIALS = "__validation__";

    @TempDir
    private Path folder;

    @Test
    void usersWhoseNamespacesCannotBeTriedAreTakenBack() throws Exception {
        TestRedis server = TestRedis.with(Map.of());
        TestEcosystem ecosystem = TwoRedisUsers.in(folder);
        try (Jedis redis = server.connect(); Tollgate gate = Tollgate.meanwhile(BEFORE_USERS, () -> full(redis))) {
            List<String> before = redis.aclList();

            Ran init = ecosystem.run("init", "--only", "redis", "--redis-url", gate.through(server.url()));

            assertEquals(before, redis.aclList());
            assertEquals(5, init.exitCode(), init::toString);
            assertTrue(init.err().contains("error: what several instances share: Redis at "), init::toString);
            assertTrue(
                    init.out().contains("0 changes made, not journaled; what did not come to its end was undone"),
                    init::toString);
        }
        server.stop();
    }

    @Test
    void nobodysUserIsLeftWhereWhatSeveralShareIsRefused() {
        TestEcosystem ecosystem = TestEcosystem.in(folder)
                .file("redis/exchange-goodNN", "made-up\n")
                .file("redis/exchange-oneNN", "made-up\n")
                .file("redis/exchange-twoNN", "made-up\n")
                .manifest("""
                        defaults: {redis_password: {file: "redis/{instance}"}}
                        services:
                          exchange-simulator: {}
                        instances:
                          exchange-goodNN: {service: exchange-simulator}
                          exchange-oneNN: {service: exchange-simulator, namespace: "exchange:bothNN",
                                           shares_namespace_with: [exchange-twoNN]}
                          exchange-twoNN: {service: exchange-simulator, namespace: "exchange:bothNN",
                                           shares_namespace_with: [exchange-oneNN]}
                        """);
        try (Jedis redis = TestRedis.shared().connect()) {
            redis.aclSetUser(ecosystem.numbered("exchange-twoNN-adapter"), "on", ">another", "~some:*", "+get");
            List<String> before = redis.aclList();

            Ran init = ecosystem.run("init", "--only", "redis,volumes");

            assertEquals(before, redis.aclList());
            assertEquals(1, init.exitCode(), init::toString);
            assertTrue(init.err().contains("the user has another password than the manifest knows"), init::toString);
            assertTrue(
                    init.err().contains(ecosystem.numbered("error: exchange-goodNN, exchange-oneNN, exchange-twoNN:"
                            + " not tried, because what several instances share failed")),
                    init::toString);
            assertFalse(ecosystem.stands("volumes/exchange-goodNN"));
        }
    }

    @Test
    void failFastStopsBeforeTheNextAndLeavesItNoUser() {
        TestEcosystem ecosystem = TestEcosystem.in(folder)
                .file("redis/exchange-badNN", "made-up\n")
                .file("redis/exchange-goodNN", "made-up\n")
                .manifest("""
                        defaults: {redis_password: {file: "redis/{instance}"}}
                        services:
                          exchange-simulator: {}
                        instances:
                          exchange-badNN: {service: exchange-simulator}
                          exchange-goodNN: {service: exchange-simulator}
                        """);
        try (Jedis redis = TestRedis.shared().connect()) {
            redis.aclSetUser(ecosystem.numbered("exchange-badNN-adapter"), "on", ">another", "~some:*", "+get");
            List<String> before = redis.aclList();

            Ran init = ecosystem.run("init", "--only", "redis", "--fail-fast");

            assertEquals(before, redis.aclList());
            assertEquals(1, init.exitCode(), init::toString);
            assertTrue(
                    init.err().contains(ecosystem.numbered(
                            "error: exchange-goodNN: not tried, because another instance failed (--fail-fast)")),
                    init::toString);
        }
    }

    @Test
    void aServerThatGoesAwayIsToldAndThatUsersMayBeLeft() throws Exception {
        TestRedis server = TestRedis.with(Map.of());
        TestEcosystem ecosystem = TwoRedisUsers.in(folder);
        try (Tollgate gate = Tollgate.meanwhile(BEFORE_TRIALS, server::stop)) {
            Ran init = ecosystem.run("init", "--only", "redis", "--redis-url", gate.through(server.url()));

            assertEquals(5, init.exitCode(), init::toString);
            assertTrue(
                    init.err().contains("warning: what was done for all instances could not be taken back: Redis at "),
                    init::toString);
            assertTrue(
                    init.err().contains("warning: whether Redis users are as they were after its restart is not known"),
                    init::toString);
            assertFalse(init.err().contains("from the journal"), init::toString);
            assertTrue(
                    init.out().contains("0 changes made, not journaled; what could not be undone stays"),
                    init::toString);
        }
    }

    /** So many folders that somebody has the time to put a link in the place of the first. */
    @Test
    void whyAnInstanceFailedIsToldWhereItsFoldersCannotBeTakenBackAndItsUserGoes() throws IOException {
        String folders = IntStream.range(0, 3000).mapToObj(i -> "f" + i).collect(Collectors.joining(", "));
        TestEcosystem ecosystem = TestEcosystem.in(folder).manifest("""
                defaults: {redis_password: {generate: "secrets/{instance}"}, volumes: {dirs: [%s], mount: {}}}
                services:
                  exchange-simulator: {}
                instances:
                  exchange-okxNN: {service: exchange-simulator}
                """.formatted(folders));
        try (Jedis redis = TestRedis.shared().connect()) {
            List<String> before = redis.aclList();
            CompletableFuture<Ran> run = CompletableFuture.supplyAsync(
                    () -> ecosystem.run("init", "--only", "redis,volumes"), task -> new Thread(task, "a run").start());
            Path own = folder.resolve(ecosystem.numbered("volumes/exchange-okxNN"));
            while (!run.isDone() && !Files.exists(own.resolve("f0"))) {
                Pause.brief();
            }
            Files.move(own, folder.resolve("elsewhere"));
            Files.createSymbolicLink(own, folder.resolve("elsewhere"));

            Ran init = run.join();
            assertEquals(before, redis.aclList());
            assertEquals(1, init.exitCode(), init::toString);
            assertTrue(init.err().contains(ecosystem.numbered("error: exchange-okxNN: ")), init::toString);
            assertTrue(
                    init.err().contains(ecosystem.numbered(
                            "warning: what was done for exchange-okxNN could not be taken back: ")),
                    init::toString);
        }
    }

    /** Nobody else gets a connection. */
    private static void full(Jedis redis) {
        String clients = redis.info("clients").lines()
                .filter(line -> line.startsWith("connected_clients:"))
                .map(line -> line.substring(line.indexOf(':') + 1))
                .findFirst()
                .orElseThrow();
        redis.configSet("maxclients", clients);
    }
}
