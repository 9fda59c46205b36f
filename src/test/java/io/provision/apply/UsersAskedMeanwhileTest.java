package io.provision.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.Pause;
import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import io.provision.testing.TestRedis;
import io.provision.testing.Tollgate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Redis takes seconds to tell of ten thousand users, and PostgreSQL is not kept waiting for it. */
@Timeout(60)
class UsersAskedMeanwhileTest {

    /** Of pauses, some twenty seconds: less than the tool waits for an answer of Redis. */
    private static final int PATIENCE = 4_000;

    /** What the tool may do itself is asked first. */
    private static final int INSTANCES_USERS = 2;

    /** In the last of the catalog queries. */
    private static final String CATALOGS = "c.lacking";

    @TempDir
    private Path folder;

    @Test
    void postgresIsLookedAtWhileRedisTellsOfTheUsers() throws Exception {
        AtomicBoolean looked = new AtomicBoolean();
        TestEcosystem ecosystem = TestEcosystem.in(folder);
        try (Tollgate postgres = Tollgate.slow(Duration.ZERO);
                Tollgate redis = Tollgate.meanwhile(
                        "GETUSER", INSTANCES_USERS, () -> looked.set(isLookedAt(postgres)))) {
            ecosystem.connectingAs(postgres.through(ecosystem.postgresUrl()));
            ecosystem.redis(redis.through(TestRedis.shared().url()));

            Ran ran = ecosystem.manifest("""
                    defaults: {password: {generate: "secrets/{instance}"}, volumes: {dirs: []}}
                    services:
                      exchange-simulator: {}
                    instances:
                      exchange-okxNN: {service: exchange-simulator}
                    """).run("plan");

            assertEquals(0, ran.exitCode(), ran::toString);
            assertTrue(redis.reached() >= INSTANCES_USERS, ran::toString);
        }
        assertTrue(looked.get());
    }

    private static boolean isLookedAt(Tollgate postgres) {
        for (int i = 0; i < PATIENCE; i++) {
            if (postgres.messages().stream().anyMatch(message -> message.contains(CATALOGS))) {
                return true;
            }
            Pause.brief();
        }
        return false;
    }
}
