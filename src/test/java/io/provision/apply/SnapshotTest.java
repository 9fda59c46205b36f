package io.provision.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.Pause;
import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import io.provision.testing.TestRedis;
import io.provision.testing.Tollgate;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A look has one snapshot of the catalogs, and vacuum clears nothing away while it has it. */
@Timeout(60)
class SnapshotTest {

    /** Of pauses, some twenty seconds: less than the tool waits for an answer of Redis. */
    private static final int PATIENCE = 4_000;
    private static final String WITH_ANOTHER = "exchange-goneNN: {service: exchange-simulator}";

    @TempDir
    private Path folder;

    private TestRedis redis;
    private TestEcosystem ecosystem;

    @BeforeEach
    void anEcosystem() {
        redis = TestRedis.shared();
        ecosystem = TestEcosystem.in(folder);
    }

    @Test
    void noneIsHeldWhileRedisIsAskedForUsers() throws Exception {
        assertNoneIsHeldAt("GETUSER", 1, "plan");
    }

    @Test
    void noneIsHeldWhileRedisIsAskedForWhatIsNotListedAnyMore() throws Exception {
        manifest(WITH_ANOTHER).init();

        assertNoneIsHeldAt("exchange-gone", 1, "plan");
    }

    @Test
    void noneIsHeldWhileRedisIsAskedForWhatAKilledRunDid() throws Exception {
        manifest(WITH_ANOTHER).init();
        ecosystem.run("rollback", "--yes");
        ecosystem.killedLike("init", "here");

        assertNoneIsHeldAt("exchange-gone", 1, "plan");
    }

    @Test
    void noneIsHeldWhileRedisIsAskedForWhatARollbackUndoes() throws Exception {
        manifest("").init();

        assertNoneIsHeldAt("GETUSER", 1, "rollback", "--dry-run");
    }

    /** Who one is and who stands is asked before there is a snapshot; which passwords they have, after that. */
    @Test
    void noneIsHeldWhileRedisIsAskedForWhatARotationReplaces() throws Exception {
        manifest("").init();

        assertNoneIsHeldAt("GETUSER", 3, "rotate", ecosystem.numbered("exchange-okxNN"), "--yes");
    }

    private TestEcosystem manifest(String further) {
        return ecosystem.manifest("""
                defaults: {password: {generate: "secrets/{instance}"}, volumes: {dirs: []}}
                services:
                  exchange-simulator: {}
                instances:
                  exchange-okxNN: {service: exchange-simulator}
                  %s
                """.formatted(further));
    }

    /** @param number which of the messages to Redis that have the text in them */
    private void assertNoneIsHeldAt(String text, int number, String... arguments) throws Exception {
        AtomicBoolean given = new AtomicBoolean();
        try (Tollgate gate = Tollgate.meanwhile(text, number, () -> given.set(isGivenBack()))) {
            ecosystem.redis(gate.through(redis.url()));

            Ran ran = manifest("").run(arguments);

            assertEquals(0, ran.exitCode(), ran::toString);
            assertTrue(gate.reached() >= number, ran::toString);
        }
        assertTrue(given.get());
    }

    private boolean isGivenBack() {
        for (int i = 0; i < PATIENCE; i++) {
            if (!ecosystem.query("""
                    SELECT 1
                    FROM pg_stat_activity
                    WHERE datname = current_database()
                      AND state = 'idle'
                      AND query = 'ROLLBACK'
                    """).isEmpty()) {
                return true;
            }
            Pause.brief();
        }
        return false;
    }
}
