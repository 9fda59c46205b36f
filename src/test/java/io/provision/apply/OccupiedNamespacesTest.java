package io.provision.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.manifest.Manifest;
import io.provision.manifest.ManifestReader;
import io.provision.plan.Change;
import io.provision.plan.Fingerprint;
import io.provision.plan.Plan;
import io.provision.plan.RedisResource.ValidatedNamespace;
import io.provision.plan.Store;
import io.provision.redis.RedisServers;
import io.provision.redis.RedisStore;
import io.provision.redis.TlsFiles;
import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import io.provision.testing.TestRedis;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** Keys that stand already where a new instance will have its own are told before it is made, and after. */
class OccupiedNamespacesTest {

    private static final String OWN =
            "3 keys stand already in the namespace of exchange-okxNN, which is new: exchange:okxNN:*";
    private static final String NESTED = "exchange-outerNN, which is new, will own keys of exchange-okxNN too,"
            + " 3 of them: exchange:okxNN:* lies in exchange:*";

    private static final String BOTH = """
            services:
              exchange-simulator: {}
            instances:
              exchange-okxNN: {service: exchange-simulator}
              exchange-outerNN: {service: exchange-simulator, namespace: exchange,
                                 shares_namespace_with: [exchange-okxNN]}
            """;

    @TempDir
    private Path folder;

    private final TestRedis server = TestRedis.shared();

    @AutoClose
    private final Jedis jedis = server.connect();

    private TestEcosystem ecosystem;

    @BeforeEach
    void keysThatStand() {
        ecosystem = TestEcosystem.in(folder).manifest("""
                services:
                  exchange-simulator: {}
                instances:
                  exchange-okxNN: {service: exchange-simulator}
                """);
        for (String key : List.of("exchange:okxNN:a", "exchange:okxNN:b:c", "exchange:okxNN:d", "exchange:okxNNx:a")) {
            jedis.set(ecosystem.numbered(key), "1");
        }
    }

    @Test
    void planTellsThem() {
        Ran plan = ecosystem.run("plan");

        assertEquals(0, plan.exitCode(), plan::toString);
        assertTrue(plan.out().contains(ecosystem.numbered("note: " + OWN + "\n")), plan::toString);
        assertEquals(numbered(OWN), texts(ecosystem.run("plan", "-o", "json"), "notes"));
    }

    @Test
    void initTellsThemAgainWhenItIsDone() {
        Ran init = ecosystem.run("init", "-o", "json");

        assertEquals(0, init.exitCode(), init::toString);
        assertEquals(numbered(OWN), texts(init, "warnings"));
        assertTrue(init.err().contains(ecosystem.numbered(OWN)), init::toString);
    }

    @Test
    void theyAreToldWithoutAJournalToo() {
        Ran plan = ecosystem.run("plan", "--only", "redis", "-o", "json");

        assertEquals(numbered(OWN), texts(plan, "notes"));
    }

    @Test
    void keysOfAnotherInstanceThatANewOneWouldOwnAreTold() {
        ecosystem.init();
        ecosystem.manifest(BOTH);

        List<String> notes = texts(ecosystem.run("plan", "-o", "json"), "notes");

        // The key of exchange:okxNNx is nobody's, and lies in the new namespace.
        assertEquals(
                numbered("1 key stands already in the namespace of exchange-outerNN, which is new: exchange:*", NESTED),
                notes);
    }

    @Test
    void aNewInstanceInAnOldOnesNamespaceFindsItsOwnKeysOnly() {
        ecosystem.manifest("""
                services:
                  exchange-simulator: {}
                instances:
                  exchange-outerNN: {service: exchange-simulator, namespace: exchange}
                """);
        ecosystem.init();
        ecosystem.manifest(BOTH);

        assertEquals(numbered(OWN), texts(ecosystem.run("plan", "-o", "json"), "notes"));
    }

    @Test
    void nobodyLooksWhereNothingIsNew() {
        ecosystem.init();
        jedis.configResetStat();

        Ran plan = ecosystem.run("plan", "-o", "json");

        assertEquals(List.of(), texts(plan, "notes"));
        assertFalse(jedis.info("commandstats").contains("cmdstat_scan"));
    }

    @Test
    void aPlanIsNotStaleBecauseAServiceWroteAKeyMeanwhile() {
        ecosystem.run("plan", "--out", "reviewed.plan");
        jedis.set(ecosystem.numbered("exchange:okxNN:e"), "1");

        Ran init = ecosystem.run("init", "--plan", "reviewed.plan");

        assertEquals(0, init.exitCode(), init::toString);
    }

    @Test
    void itIsToldWhereTheLoginMayNotLook() {
        jedis.aclSetUser("blind", "on", ">s3cret", "~*", "&*", "+@all", "-scan");

        Ran plan = ecosystem.run(
                "plan", "-o", "json", "--redis-url", "redis://blind:s3cret@127.0.0.1:" + server.port());

        List<String> notes = texts(plan, "notes");
        assertTrue(notes.get(0).startsWith("whether there are keys in the new namespaces already is not known: the"
                + " server says: NOPERM"), plan::toString);
    }

    @Test
    void theBoundIsTold() {
        String namespace = ecosystem.numbered("exchange:okxNN");
        for (int i = 0; i < 500; i++) {
            jedis.set(namespace + ":" + i, "1");
        }
        Manifest manifest = ManifestReader.load(List.of(folder.resolve("instances.yaml")), Map.of()).manifest();
        Scope scope = new Scope(manifest, manifest.instances(), EnumSet.allOf(Store.class), Map.of());
        Change trial = new Change(
                "exchange-okx", Optional.empty(), Optional.of(new ValidatedNamespace(namespace)), "", List.of());
        Plan plan = new Plan(List.of(trial), List.of(), List.of(), List.of(), List.of(), 0, Fingerprint.of(""));

        try (RedisStore redis = RedisStore.connect(RedisServers.of(List.of(server.url()), TlsFiles.NONE))) {
            List<String> told = new OccupiedNamespaces(scope, Optional.of(redis), 100).told(plan);

            assertEquals(2, told.size(), told::toString);
            assertTrue(told.get(0).contains("keys stand already in the namespace of exchange-okx"), told::toString);
            assertTrue(told.get(1).matches(
                    "there may be more keys in the new namespaces: only 1\\d\\d were looked at"), told::toString);
        }
    }

    private List<String> numbered(String... texts) {
        return List.of(texts).stream().map(ecosystem::numbered).toList();
    }

    private static List<String> texts(Ran ran, String key) {
        List<String> texts = new ArrayList<>();
        ran.json().get(key).forEach(text -> texts.add(text.textValue()));
        return texts;
    }
}
