package io.provision.rollback;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The server drops a role that somebody is logged in as; the plan of a rollback says so before. */
@Timeout(60)
class LiveSessionsTest {

    @TempDir
    private Path folder;

    private TestEcosystem ecosystem;

    @BeforeEach
    void init() {
        ecosystem = TestEcosystem.in(folder)
                .manifest("""
                        defaults: {password: {generate: "secrets/{instance}"}}
                        services: {exchange-simulator: {}}
                        instances: {exchange-okxNN: {service: exchange-simulator}}
                        """);
        ecosystem.init();
    }

    @Test
    void ofARoleThatIsDroppedAreCounted() throws SQLException {
        try (Connection one = ecosystem.connectAs("exchange_okxNN_adapter", "exchange-okxNN");
                Connection other = ecosystem.connectAs("exchange_okxNN_adapter", "exchange-okxNN")) {
            assertTrue(one.isValid(1) && other.isValid(1));

            Ran plan = ecosystem.run("rollback", "--dry-run");

            assertTrue(plan.out().contains(ecosystem.numbered("note: exchange-okxNN: the role exchange_okxNN_adapter, "
                    + "which is dropped, has 2 live sessions: stop what uses it first\n")), plan::toString);
        }
    }

    @Test
    void noneAreNotTold() {
        assertFalse(ecosystem.run("rollback", "--dry-run").out().contains("live session"));
    }
}
