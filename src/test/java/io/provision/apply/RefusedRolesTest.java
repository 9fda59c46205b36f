package io.provision.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Roles that several instances need, and that cannot be made. */
@Timeout(300)
class RefusedRolesTest {

    private static final String ROLES = "SELECT rolname FROM pg_roles WHERE rolname ~ '^(exchange|reader).*NN'";

    @TempDir
    private Path folder;

    private TestEcosystem ecosystem;

    @BeforeEach
    void ecosystem() {
        ecosystem = TestEcosystem.in(folder);
    }

    private void manifest(String readers) {
        ecosystem.manifest("""
                services: {exchange-simulator: {}}
                instances:
                  exchange-axNN: {service: exchange-simulator}
                  exchange-bxNN: {service: exchange-simulator, readers: [%s]}
                """.formatted(readers));
    }

    @Test
    void aReaderThatCannotBeMadeIsNamedAndNothingIsLeftBehind() throws SQLException {
        manifest("readerNN");

        assertIsNamedAndNothingIsLeftBehind("readerNN");
    }

    /** It belongs to both then: the other one would grant to a role that does not exist. */
    @Test
    void soIsAnInstancesRoleThatAnotherOneHasForAReader() throws SQLException {
        manifest("exchange_axNN_adapter");

        assertIsNamedAndNothingIsLeftBehind("exchange_axNN_adapter");
    }

    private void assertIsNamedAndNothingIsLeftBehind(String role) throws SQLException {
        Ran init = whileAnotherMakes(role);

        assertEquals(1, init.exitCode(), init::toString);
        assertEquals(
                List.of(ecosystem.numbered(("error: what several instances share: making role %s failed: canceling"
                        + " statement due to lock timeout [55P03] — wait until the lock is free, or give it longer with"
                        + " `--lock-timeout`").formatted(role))),
                errors(init));
        assertTrue(init.err().contains("nothing of it was left behind"), init::toString);
        assertEquals(List.of(), ecosystem.query(ROLES));
        assertEquals(List.of(), ecosystem.openIntents());
    }

    /** Those of the first transaction are committed by then, and not to be made again. */
    @Tag("full")
    @Test
    void soIsOneOfSoManyReadersThatTheyTakeTwoTransactions() throws SQLException {
        manifest(IntStream.rangeClosed(0, RoleChunk.LARGEST)
                .mapToObj("reader_%03dxNN"::formatted)
                .collect(Collectors.joining(", ")));

        assertIsNamedAndNothingIsLeftBehind("reader_%03dxNN".formatted(RoleChunk.LARGEST));
    }

    /** Whoever makes the same role waits for what becomes of this one. */
    private Ran whileAnotherMakes(String role) throws SQLException {
        try (Connection other = ecosystem.connect(); Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute(ecosystem.numbered("CREATE ROLE " + role));
            return ecosystem.run("init", "--lock-timeout", "200ms", "--timeout", "1s");
        }
    }

    private static List<String> errors(Ran ran) {
        return ran.err().lines().filter(line -> line.startsWith("error: ")).toList();
    }
}
