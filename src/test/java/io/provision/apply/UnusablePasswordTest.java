package io.provision.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Passwords that SASLprep (RFC 4013) leaves nothing of: a soft hyphen alone. */
@Timeout(60)
class UnusablePasswordTest {

    private static final String NOTHING = "\u00AD";

    @TempDir
    private Path folder;

    private TestEcosystem ecosystem;

    @BeforeEach
    void twoOfTheRolesHaveOne() {
        ecosystem = TestEcosystem.in(folder)
                .file("postgres/exchange-okxNN", NOTHING)
                .file("postgres/exchange-binanceNN", NOTHING)
                .file("postgres/exchange-goodNN", "made-up-password")
                .manifest("""
                        defaults:
                          postgres_password: {file: "postgres/{instance}"}
                          redis_password: {generate: "secrets/{instance}"}
                        services:
                          exchange-simulator: {}
                        instances:
                          exchange-okxNN: {service: exchange-simulator}
                          exchange-binanceNN: {service: exchange-simulator}
                          exchange-goodNN: {service: exchange-simulator}
                        """);
    }

    @Test
    void initNamesTheRolesAndTakesEverythingBack() {
        String before = ecosystem.run("plan").out();
        List<String> users = ecosystem.redisUsers();

        Ran init = ecosystem.run("init", "-v");

        assertEquals(1, init.exitCode(), init::toString);
        for (String role : List.of("exchange_okxNN_adapter", "exchange_binanceNN_adapter")) {
            assertTrue(init.err().contains(ecosystem.numbered(
                    "the password of " + role + " cannot be used")), init::toString);
        }
        assertTrue(init.err().contains("give it another password"), init::toString);
        assertFalse((init.out() + init.err()).contains(NOTHING), init::toString);
        assertEquals(List.of(), ecosystem.query("SELECT rolname FROM pg_roles WHERE rolname LIKE 'exchange_%NN_%'"));
        assertEquals(users, ecosystem.redisUsers());
        assertEquals(List.of("undone"), ecosystem.query("SELECT DISTINCT outcome FROM provision.intent_outcomes"));
        assertEquals(List.of("failed"), ecosystem.query("SELECT outcome FROM provision.run_outcomes"));
        assertEquals(before, ecosystem.run("plan").out());
    }

    @Test
    void rotateNamesTheRoleAndLeavesItAsItIs() {
        for (String instance : List.of("exchange-okxNN", "exchange-binanceNN")) {
            ecosystem.file("postgres/" + instance, "made-up-password");
        }
        ecosystem.init();
        ecosystem.file("postgres/exchange-okxNN", NOTHING);

        Ran rotate = ecosystem.run("rotate", "exchange-okxNN", "--yes");

        assertEquals(1, rotate.exitCode(), rotate::toString);
        assertTrue(rotate.err().contains(ecosystem.numbered(
                "the password of exchange_okxNN_adapter cannot be used")), rotate::toString);
    }
}
