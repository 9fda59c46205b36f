package io.provision.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import io.provision.testing.TestRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** A server takes the rendered ACL file below the line of its own default user, and then {@code plan} is content. */
@Timeout(60)
class AclFileConsumerTest {

    private static final String USER = "exchange-okxNN-adapter";

    private static final String MANIFEST = """
            services: {exchange-simulator: {}}
            instances:
              exchange-okxNN: {service: exchange-simulator, legacy_namespaces: [cacheNN]}
              exchange-binanceNN: {service: exchange-simulator}
            """;

    @TempDir
    private Path folder;

    private TestEcosystem ecosystem;

    @BeforeEach
    void anEcosystem() {
        ecosystem = TestEcosystem.in(folder).redisSettings("commands: [+info, -scan]");
    }

    @Test
    void planFindsNothingToDoOnAServerThatLoadedIt() throws IOException {
        ecosystem.manifest(MANIFEST);
        TestRedis server = serverWith(render("7.0"), TestRedis::with);

        assertNothingToDo(server);
        server.stop();
    }

    @Test
    void aPasswordIsNotInItAndIsAllThatPlanFindsThen() throws IOException {
        ecosystem.file("vault", "a-password\n")
                .manifest("defaults: {password: {file: vault}}\n" + MANIFEST);
        String rendered = render("7.0");
        TestRedis server = serverWith(rendered, TestRedis::with);

        Ran plan = ecosystem.run("plan", "--only", "redis", "--redis-url", server.url());
        ecosystem.init("--only", "redis", "--redis-url", server.url());

        assertFalse(rendered.contains("#"), rendered);
        assertTrue(plan.out().contains(ecosystem.numbered("~ acl user " + USER + "  # it has no password\n")),
                plan::toString);
        server.logIn(ecosystem.numbered(USER), "a-password").close();
        assertNothingToDo(server);
        server.stop();
    }

    @Test
    @Tag("full")
    void sixTakesWhatIsRenderedForIt() throws IOException {
        assumeTrue(TestRedis.isSixAvailable(), "scripts/test-full fetches Redis 6.2");
        ecosystem.manifest(MANIFEST);
        TestRedis server = serverWith(render("6.2"), TestRedis::six);

        assertNothingToDo(server);
        server.stop();
    }

    /** By ACL LOAD, because its settings are its own. */
    @Test
    @Tag("full")
    void aNewerOneTakesWhatIsRenderedForIt() throws IOException {
        TestRedis server = TestRedis.another().orElse(null);
        assumeTrue(server != null, "-Dprovision.test.redis names a server of 7.2 or later");
        ecosystem.manifest(MANIFEST);
        try (Jedis jedis = server.connect()) {
            render("7.2").lines().forEach(line -> jedis.aclSetUser(
                    line.split(" ")[1], line.substring(line.indexOf(' ', 5) + 1).split(" ")));
        }

        assertNothingToDo(server);
        server.stop();
    }

    @Test
    void whoLoadsItAloneIsWarnedThatEverybodyGetsIn() {
        ecosystem.manifest(MANIFEST);

        Ran render = ecosystem.run("render", "redis-acl");
        Ran off = ecosystem.redisSettings("acl: off").manifest(MANIFEST).run("render", "redis-acl");

        assertTrue(render.err().contains("provision.acl has no `user default`"), render::toString);
        assertEquals(2, off.exitCode(), off::toString);
        assertTrue(off.err().contains("`redis.acl: off`"), off::toString);
    }

    private String render(String version) {
        Ran render = ecosystem.run("render", "redis-acl", "--redis-version", version);
        assertEquals(0, render.exitCode(), render::toString);
        return render.out();
    }

    private TestRedis serverWith(String rendered, Function<Map<String, String>, TestRedis> start) throws IOException {
        Path file = folder.resolve("users.acl");
        Files.writeString(file, "user default on nopass ~* &* +@all\n" + rendered);
        return start.apply(Map.of("aclfile", file.toString()));
    }

    private void assertNothingToDo(TestRedis server) {
        ecosystem.assertNothingToDo("--only", "redis", "--redis-url", server.url());
    }
}
