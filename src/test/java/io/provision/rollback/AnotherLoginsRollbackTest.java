package io.provision.rollback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.Catalogs;
import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another login rolls back than the one that ran {@code init}: what it lacks is told before anything is tried. */
class AnotherLoginsRollbackTest {

    @TempDir
    private Path folder;

    private TestEcosystem ecosystem;

    @BeforeEach
    void manifest() {
        ecosystem = TestEcosystem.in(folder).manifest("""
                defaults: {readers: [readerNN]}
                services:
                  exchange-simulator: {}
                instances:
                  exchange-okxNN: {service: exchange-simulator}
                """);
    }

    @Test
    void theDefaultPrivilegesOfASuperuserAreLeftToOne() {
        ecosystem.init();
        String login = handedOver();
        ecosystem.execute("GRANT exchange_okxNN_adapter TO %s WITH ADMIN OPTION".formatted(login));
        Catalogs standing = ecosystem.catalogs();

        Ran rollback = ecosystem.rollback(7);

        assertTrue(rollback.err().contains(ecosystem.numbered("""
                error: the login %s lacks the privileges of postgres, \
                whose default privileges in exchange_okxNN would be changed
                    let a superuser run it
                """.formatted(login))), rollback::toString);
        assertEquals(standing, ecosystem.catalogs());
    }

    @Test
    void theDefaultPrivilegesOfAnotherLoginNeedItsPrivileges() {
        String first = ecosystem.provisioningLogin().name();
        ecosystem.init();
        String login = handedOver();
        ecosystem.execute("GRANT exchange_okxNN_adapter TO %s WITH ADMIN OPTION".formatted(login));

        Ran refused = ecosystem.rollback(7);

        String remedy = "GRANT \"%s\" TO \"%s\";".formatted(first, login);
        assertTrue(refused.err().contains(remedy), refused::toString);
        ecosystem.execute(remedy);
        ecosystem.rollback();
    }

    private String handedOver() {
        String login = ecosystem.provisioningLogin().name();
        ecosystem.execute("""
                GRANT USAGE ON SCHEMA provision TO the_login;
                GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA provision TO the_login
                """.replace("the_login", login));
        return login;
    }
}
