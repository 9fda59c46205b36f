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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A look has one snapshot of the catalogs, and vacuum clears nothing away while it has it. */
@Timeout(60)
class SnapshotTest {

    private static final int PATIENCE = 100;

    @TempDir
    private Path folder;

    @Test
    void noneIsHeldWhileRedisTakesItsTime() throws Exception {
        TestEcosystem ecosystem = TestEcosystem.in(folder);
        TestRedis redis = TestRedis.shared();
        AtomicBoolean given = new AtomicBoolean();
        try (Tollgate gate = Tollgate.meanwhile("GETUSER", () -> given.set(isGivenBack(ecosystem)))) {
            ecosystem.redis(redis.url().replace(":" + redis.port(), ":" + gate.to(redis.port()))).manifest("""
                    defaults: {redis_password: {generate: "secrets/{instance}"}}
                    services:
                      exchange-simulator: {}
                    instances:
                      exchange-okxNN: {service: exchange-simulator}
                    """);

            Ran plan = ecosystem.run("plan");

            assertEquals(0, plan.exitCode(), plan::toString);
        }
        assertTrue(given.get());
    }

    private static boolean isGivenBack(TestEcosystem ecosystem) {
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
