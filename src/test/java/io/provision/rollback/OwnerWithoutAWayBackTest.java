package io.provision.rollback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.Catalogs;
import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the owner or the login lost meanwhile, without which a table cannot get its owner back. */
@Timeout(60)
class OwnerWithoutAWayBackTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "REVOKE CREATE ON SCHEMA public FROM oldNN"
                + " | the owner oldNN lacks CREATE on the schema public, and without it nothing could go back there"
                + " | GRANT CREATE ON SCHEMA \"public\" TO \"oldNN\"",
        "REVOKE oldNN FROM the_login"
                + " | the login the_login may not act as oldNN, who is to get exchange_okxNN.trades back"
                + " | GRANT \"oldNN\" TO \"the_login\"",
        "GRANT oldNN TO the_login WITH SET FALSE"
                + " | the login the_login may not act as oldNN, who is to get exchange_okxNN.trades back"
                + " | GRANT \"oldNN\" TO \"the_login\" WITH SET TRUE",
    })
    void isToldWithWhatWouldHelpBeforeAnythingIsDone(String meanwhile, String told, String remedy) {
        TestEcosystem ecosystem = TestEcosystem.in(folder).manifest("""
                services:
                  exchange-simulator: {}
                instances:
                  exchange-okxNN: {service: exchange-simulator, migrate: {tables: [trades], owner: role}}
                """);
        String login = ecosystem.provisioningLogin().name();
        ecosystem.execute("""
                CREATE ROLE oldNN;
                GRANT CREATE ON SCHEMA public TO oldNN, the_login;
                GRANT oldNN TO the_login;
                CREATE TABLE public.trades (id bigserial);
                ALTER TABLE public.trades OWNER TO oldNN;
                """.replace("the_login", login));
        Catalogs before = ecosystem.catalogs();
        ecosystem.init();
        ecosystem.execute(meanwhile.replace("the_login", login));
        Catalogs moved = ecosystem.catalogs();

        Ran refused = ecosystem.run("rollback", "--yes");

        assertEquals(7, refused.exitCode(), refused::toString);
        List.of(told, remedy).forEach(text -> assertTrue(
                refused.err().contains(ecosystem.numbered(text.replace("the_login", login))), refused::toString));
        assertEquals(moved, ecosystem.catalogs());
        ecosystem.execute(remedy.replace("the_login", login));
        ecosystem.rollback();
        assertEquals(before, ecosystem.catalogs());
    }
}
