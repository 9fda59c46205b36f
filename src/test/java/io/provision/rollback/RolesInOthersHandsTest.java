package io.provision.rollback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Roles go when all else has gone, many in one transaction; one of them may be in another hand. */
class RolesInOthersHandsTest {

    private static final String ROLES =
            "SELECT rolname FROM pg_roles WHERE rolname LIKE 'exchange%NN_adapter' OR rolname = 'readerNN'";

    @TempDir
    private Path folder;

    @Test
    void aRoleThatCannotBeDroppedIsNamedAndStaysAlone() throws SQLException {
        TestEcosystem ecosystem = TestEcosystem.in(folder).manifest("""
                defaults: {readers: [readerNN]}
                services:
                  exchange-simulator: {}
                instances:
                  exchange-axNN: {service: exchange-simulator}
                  exchange-bxNN: {service: exchange-simulator}
                  exchange-cxNN: {service: exchange-simulator}
                """);
        ecosystem.init();
        Ran rollback;
        try (Connection other = ecosystem.connect(); Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute(ecosystem.numbered("ALTER ROLE exchange_bxNN_adapter CONNECTION LIMIT 7"));
            rollback = ecosystem.run("rollback", "--yes", "--lock-timeout", "200ms", "--timeout", "1s");
            other.rollback();
        }

        assertEquals(1, rollback.exitCode(), rollback::toString);
        List<String> errors = rollback.err().lines().filter(line -> line.startsWith("error: ")).toList();
        assertEquals(
                List.of(ecosystem.numbered("error: exchange-bxNN: taking away role exchange_bxNN_adapter failed:"
                        + " canceling statement due to lock timeout [55P03] — wait until the lock is free, or give it"
                        + " longer with `--lock-timeout`")),
                errors,
                rollback::toString);
        assertTrue(rollback.err().contains("it finishes from the journal"), rollback::toString);
        assertEquals(List.of(ecosystem.numbered("exchange_bxNN_adapter")), ecosystem.query(ROLES));
        Ran again = ecosystem.run("rollback", "--yes");
        assertEquals(0, again.exitCode(), again::toString);
        assertEquals(List.of(), ecosystem.query(ROLES));
    }
}
