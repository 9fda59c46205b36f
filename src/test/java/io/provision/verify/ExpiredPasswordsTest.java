package io.provision.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.provision.testing.TestEcosystem;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** VALID UNTIL is a password's: who comes with a certificate is let in all the same. */
class ExpiredPasswordsTest {

    private static final String HAS_RUN_OUT = "exchange-okxNN may_log_in: the password of exchange_okxNN_adapter has"
            + " run out (VALID UNTIL)";

    @TempDir
    private Path folder;

    private TestEcosystem ecosystem;

    @BeforeEach
    void aRoleWithoutAPassword() {
        ecosystem = TestEcosystem.in(folder).manifest("""
                services: {exchange-simulator: {}}
                instances: {exchange-okxNN: {service: exchange-simulator}}
                """);
        ecosystem.provisioningLogin();
        ecosystem.init("--only", "postgres");
        ecosystem.execute("ALTER ROLE exchange_okxNN_adapter VALID UNTIL '2020-01-01'");
    }

    private List<String> faults() {
        return Verified.of(ecosystem.run("verify", "--only", "postgres", "-o", "json")).faults();
    }

    @Test
    void whatIsNoPasswordHasNotRunOut() {
        ecosystem.connectingAs(ecosystem.postgres().superuserUrl(ecosystem.database()));

        assertEquals(List.of(), faults());
    }

    @Test
    void oneThatStandsHas() {
        ecosystem.connectingAs(ecosystem.postgres().superuserUrl(ecosystem.database()));
        ecosystem.execute("ALTER ROLE exchange_okxNN_adapter PASSWORD 'made up'");

        assertEquals(List.of(ecosystem.numbered(HAS_RUN_OUT)), faults());
    }

    /** Most services log in with one. */
    @Test
    void whoMayNotSeeWhetherThereIsOneTakesItForOne() {
        assertEquals(List.of(ecosystem.numbered(HAS_RUN_OUT)), faults());
    }
}
