package io.provision.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.SmallPool;
import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The run's lock holds the only connection that there is. */
@Timeout(60)
class PoolOfOneTest {

    private static final String TOO_SMALL = "no second connection came within 1 s while the first one holds the run's "
            + "lock: a pool between here and the server has too few for a run";

    @TempDir
    private Path folder;

    @Test
    void initSaysThatThePoolIsTooSmallAndDoesNothing() throws IOException {
        TestEcosystem ecosystem = ecosystem();
        try (SmallPool pool = new SmallPool(ecosystem.postgres().port(), 1)) {
            through(pool, ecosystem);

            Ran init = ecosystem.run("init", "--timeout", "1s");

            assertEquals(5, init.exitCode(), init::toString);
            assertTrue(init.err().contains(TOO_SMALL), init::toString);
            assertTrue(init.err().contains("at least 2 connections"), init::toString);
        }
        assertEquals(List.of(), ecosystem.query("SELECT nspname FROM pg_namespace WHERE nspname = 'provision'"));
    }

    @Test
    void rollbackSaysSoToo() throws IOException {
        TestEcosystem ecosystem = ecosystem();
        ecosystem.init();
        try (SmallPool pool = new SmallPool(ecosystem.postgres().port(), 1)) {
            through(pool, ecosystem);

            Ran rollback = ecosystem.run("rollback", "--yes", "--timeout", "1s");

            assertEquals(5, rollback.exitCode(), rollback::toString);
            assertTrue(rollback.err().contains(TOO_SMALL), rollback::toString);
        }
    }

    @Test
    void planNeedsNoSecondOne() throws IOException {
        TestEcosystem ecosystem = ecosystem();
        try (SmallPool pool = new SmallPool(ecosystem.postgres().port(), 1)) {
            through(pool, ecosystem);

            Ran plan = ecosystem.run("plan");

            assertEquals(0, plan.exitCode(), plan::toString);
        }
    }

    private static void through(SmallPool pool, TestEcosystem ecosystem) {
        String port = ":" + ecosystem.postgres().port() + "/";
        ecosystem.connectingAs(ecosystem.postgresUrl().replace(port, ":" + pool.port() + "/"));
    }

    private TestEcosystem ecosystem() {
        return TestEcosystem.in(folder).manifest("""
                services:
                  exchange-simulator: {}
                instances:
                  exchange-okxNN: {service: exchange-simulator}
                """);
    }
}
