package io.provision.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import io.provision.testing.TestRedis;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** What a killed rotation leaves open in the journal ends where it is finished or over, and nowhere else. */
@Timeout(60)
class LeftOpenRotationTest {

    private static final String SECRET = "secrets/exchange-okxNN";
    private static final String REST = """
            defaults: {password: {generate: "secrets/{instance}"}, volumes: {dirs: []}}
            services: {exchange-simulator: {}}
            instances: {%s}
            """;

    @TempDir
    private Path folder;

    private TestRedis server;
    private TestEcosystem ecosystem;
    private RotatedInstance rotated;
    private String old;

    @BeforeEach
    void aRotatedInstance() {
        server = TestRedis.shared();
        ecosystem = TestEcosystem.in(folder)
                .manifest(REST.formatted("exchange-okxNN: {service: exchange-simulator}"));
        rotated = new RotatedInstance(ecosystem, server);
        ecosystem.init();
        old = ecosystem.read(SECRET);
        rotated.rotate("exchange-okxNN");
    }

    @Test
    void aKilledRetireIsToldOfAndFinishedByTheSameCommand() {
        rotated.rotate("--retire-old", "exchange-okxNN");
        ecosystem.killedLike("rotate", "here");
        try (Jedis jedis = server.connect()) {
            jedis.aclSetUser(ecosystem.numbered("exchange-okxNN-adapter"), ">" + old);
        }

        Ran plan = ecosystem.run("plan");
        rotated.rotate("--retire-old", "exchange-okxNN");

        assertTrue(plan.out().contains("run the same `provision rotate --retire-old` again"), plan::toString);
        assertEquals(List.of(), open());
        rotated.assertRedisRefuses(old);
        rotated.assertLogsIn(ecosystem.read(SECRET));
    }

    @Test
    void aKilledRetireThatHadDoneItAllEndsAllTheSame() {
        rotated.rotate("--retire-old", "exchange-okxNN");
        ecosystem.killedLike("rotate", "here");

        Ran again = rotated.rotate("--retire-old", "exchange-okxNN");

        assertTrue(again.out().contains("nothing to retire"), again::toString);
        assertEquals(List.of(), open());
    }

    @Test
    void anotherEcosystemOfTheSameDatabaseDoesNotEndIt() {
        ecosystem.killedLike("rotate", "here");
        ecosystem.file("other.yaml", """
                ecosystem: other
                redis: {url: "%s"}
                services: {market-simulator: {}}
                instances: {market-otherNN: {service: market-simulator, volumes: {dirs: []}}}
                """.formatted(server.url()));

        Ran init = ecosystem.run("init", "-f", "other.yaml", "--only", "postgres");

        assertEquals(0, init.exitCode(), init::toString);
        assertFalse(init.toString().contains("killed"), init::toString);
        assertEquals(List.of("killed"), open());
    }

    @Test
    void anInstanceThatIsNotListedAnyMoreIsLeftOpenUntilItsRoleAndUserAreGone() {
        ecosystem.killedLike("rotate", "here");
        ecosystem.manifest(REST.formatted("exchange-binanceNN: {service: exchange-simulator}")).init();
        List<String> listedNoMore = open();

        ecosystem.rollback("exchange-okxNN");
        Ran plan = ecosystem.run("plan");
        ecosystem.manifest(REST.formatted("exchange-okxNN: {service: exchange-simulator}")).init();

        assertEquals(List.of("killed"), listedNoMore);
        assertFalse(plan.out().contains("provision rotate"), plan::toString);
        assertEquals(List.of(), open());
    }

    private List<String> open() {
        return ecosystem.query("""
                SELECT i.run
                FROM provision.intents i
                LEFT JOIN provision.intent_outcomes o ON o.run = i.run AND o.instance = i.instance
                WHERE o.run IS NULL
                """);
    }
}
