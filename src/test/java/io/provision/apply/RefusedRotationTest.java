package io.provision.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.ChildProvision;
import io.provision.testing.Pause;
import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import io.provision.testing.TestRedis;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** Nobody is locked out: a rotation that would do that is refused, and one that fails is undone. */
@Timeout(60)
class RefusedRotationTest {

    private static final String ROLE = RotatedInstance.ROLE;
    private static final String SECRET = RotatedInstance.SECRET;

    @TempDir
    private Path folder;

    private final TestRedis server = TestRedis.shared();

    @AutoClose
    private final Jedis redis = server.connect();

    private TestEcosystem ecosystem;
    private RotatedInstance rotated;

    @BeforeEach
    void twoInstances() {
        ecosystem = RotatedInstance.andAnother(folder);
        rotated = new RotatedInstance(ecosystem, server);
    }

    @Test
    void withoutATerminalItWantsAYes() {
        ecosystem.init();
        String old = ecosystem.read(SECRET);

        Ran refused = ecosystem.run("rotate", "exchange-okxNN");
        Ran declined = ecosystem.answering("no", "rotate", "exchange-okxNN");
        Ran agreed = ecosystem.answering("yes", "rotate", "exchange-okxNN");

        assertEquals(7, refused.exitCode(), refused::toString);
        assertTrue(refused.err().contains("--yes"), refused::toString);
        assertEquals(7, declined.exitCode(), declined::toString);
        assertTrue(declined.err().contains(ecosystem.numbered("role password " + ROLE)), declined::toString);
        assertEquals(0, agreed.exitCode(), agreed::toString);
        assertNotEquals(old, ecosystem.read(SECRET));
        assertEquals(2, ecosystem.run("rotate", "--yes").exitCode());
        assertEquals(2, ecosystem.run("rotate", "--yes", "exchange-unknown").exitCode());
    }

    @Test
    void whatDoesNotStandYetIsRefusedAndNothingIsMade() {
        Ran rotate = ecosystem.run("rotate", "--yes", "exchange-okxNN");

        assertEquals(7, rotate.exitCode(), rotate::toString);
        assertTrue(rotate.err().contains("`provision init exchange-okx"), rotate::toString);
        assertFalse(ecosystem.stands("secrets"));
        assertEquals(List.of("default"), redis.aclUsers());
    }

    @Test
    void whoHasNoSourceOfAPasswordIsToldSo() {
        ecosystem.manifest("""
                services: {exchange-simulator: {}}
                instances: {exchange-okxNN: {service: exchange-simulator}}
                """).init();

        Ran rotate = ecosystem.run("rotate", "--yes", "exchange-okxNN");

        assertEquals(2, rotate.exitCode(), rotate::toString);
        assertTrue(rotate.err().contains("no `password:`"), rotate::toString);
    }

    @Test
    void whoHaveTheirPasswordFromOneSourceAreRotatedTogether() {
        ecosystem.manifest("""
                defaults: {password: {generate: "secrets/all"}, volumes: {dirs: []}}
                services: {exchange-simulator: {}}
                instances:
                  exchange-okxNN: {service: exchange-simulator}
                  exchange-binanceNN: {service: exchange-simulator}
                """).init();

        Ran one = ecosystem.run("rotate", "--yes", "exchange-okxNN");
        rotated.rotate("exchange-okxNN", "exchange-binanceNN");

        assertEquals(7, one.exitCode(), one::toString);
        assertTrue(one.err().contains(ecosystem.numbered("rotate exchange-binanceNN exchange-okxNN")), one::toString);
        rotated.assertLogsIn(ecosystem.read("secrets/all"));
        server.logIn(ecosystem.numbered("exchange-binanceNN-adapter"), ecosystem.read("secrets/all")).close();
    }

    /** The reasons once had all names each: of ten thousand instances, gigabytes. */
    @Test
    void ofVeryManyWhoHaveTheirPasswordFromOneSourceSomeAreTold() {
        ecosystem.manifest("""
                defaults: {password: {generate: "secrets/all"}, volumes: {dirs: []}}
                services: {exchange-simulator: {}}
                instances:
                """ + IntStream.range(0, 60)
                .mapToObj("  exchange-okxNN-%02d: {service: exchange-simulator}\n"::formatted)
                .collect(Collectors.joining()));

        Ran rotate = ecosystem.run("rotate", "--yes", "exchange-okxNN-00");

        assertEquals(7, rotate.exitCode(), rotate::toString);
        assertEquals(10, rotate.err().split(" has its password from ", -1).length - 1, rotate::toString);
        assertTrue(rotate.err().contains("and so it is with 108 more"), rotate::toString);
        assertTrue(rotate.err().contains("rotate these 60 together"), rotate::toString);
        assertFalse(rotate.err().contains("-59"), rotate::toString);
    }

    @Test
    void oneStoreAloneIsRefusedWhereTheOtherHasItsPasswordFromThere() {
        ecosystem.init();

        Ran postgres = ecosystem.run("rotate", "--yes", "--only", "postgres", "exchange-okxNN");
        Ran redisAlone = ecosystem.run("rotate", "--yes", "--only", "redis", "exchange-okxNN");

        assertEquals(7, postgres.exitCode(), postgres::toString);
        assertTrue(postgres.err().contains("Redis user"), postgres::toString);
        assertEquals(2, redisAlone.exitCode(), redisAlone::toString);
    }

    @Test
    void nobodyIsLeftWithAPasswordThatOnlyOneOfThemTook() {
        ecosystem.init();
        String old = ecosystem.read(SECRET);
        List<String> users = redis.aclList();
        ecosystem.execute("""
                CREATE FUNCTION provision.refuse() RETURNS trigger LANGUAGE plpgsql AS
                'BEGIN RAISE EXCEPTION ''not today''; END';
                CREATE CONSTRAINT TRIGGER refuse AFTER INSERT ON provision.changes
                  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION provision.refuse()
                """);

        Ran rotate = ecosystem.run("rotate", "--yes", "exchange-okxNN");

        assertEquals(1, rotate.exitCode(), rotate::toString);
        assertTrue(rotate.err().contains("not today"), rotate::toString);
        assertEquals(old, ecosystem.read(SECRET));
        rotated.assertLogsIn(old);
        assertEquals(users, redis.aclList());
        assertEquals(List.of(ecosystem.numbered("exchange-binanceNN"), ecosystem.numbered("exchange-okxNN")),
                rotated.filesIn("secrets"));
    }

    @Test
    void oneThatIsToldToEndIsUndone() throws Exception {
        ecosystem.init();
        String old = ecosystem.read(SECRET);
        List<String> users = redis.aclList();
        ecosystem.execute("""
                CREATE FUNCTION provision.take_long() RETURNS trigger LANGUAGE plpgsql AS
                'BEGIN PERFORM pg_sleep(3600); RETURN NEW; END';
                CREATE TRIGGER take_long BEFORE INSERT ON provision.changes
                  FOR EACH ROW WHEN (NEW.kind = 'role_password') EXECUTE FUNCTION provision.take_long()
                """);

        try (ChildProvision child = ChildProvision.start(
                ecosystem, "rotate", "--yes", "--redis-url", server.url(), ecosystem.numbered("exchange-okxNN"))) {
            while (child.lives() && ecosystem.query("""
                    SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()
                    """).isEmpty()) {
                Pause.brief();
            }
            child.terminate();
            assertEquals(143, child.await());
        }

        assertEquals(old, ecosystem.read(SECRET));
        rotated.assertLogsIn(old);
        assertEquals(users, redis.aclList());
        assertEquals(List.of("interrupted"), ecosystem.query("""
                SELECT o.outcome
                FROM provision.run_outcomes o
                JOIN provision.runs r ON r.run = o.run
                WHERE r.command = 'rotate'
                """));
        ecosystem.assertNothingToDo();
    }

    @Test
    void nothingIsRetiredThatTheSourceDoesNotReplace() {
        ecosystem.file("vault/okx", "first\n").manifest("""
                services: {exchange-simulator: {password: {file: vault/okx}, volumes: {dirs: []}}}
                instances: {exchange-okxNN: {service: exchange-simulator}}
                """).init();
        ecosystem.file("vault/okx", "second\n");

        Ran retire = ecosystem.run("rotate", "--yes", "--retire-old", "exchange-okxNN");

        assertEquals(7, retire.exitCode(), retire::toString);
        assertTrue(retire.err().contains("does not take the password that"), retire::toString);
        rotated.assertLogsIn("first");
    }
}
