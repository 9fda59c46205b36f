package io.provision.rollback;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.provision.testing.Catalogs;
import io.provision.testing.HandMadeDatabase;
import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import io.provision.testing.TestPostgres;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stood before the tool came is just as it was. */
@Timeout(60)
class AdoptedRollbackTest {

    @TempDir
    private Path folder;

    @Test
    void aDatabaseThatWasSetUpByHandIsAsItWas() {
        theHandMadeDatabaseIsAsItWas(TestEcosystem.in(folder));
    }

    @Tag("full")
    @ParameterizedTest
    @ValueSource(ints = {13, 14, 15, 16, 18})
    void soItIsOnTheOtherVersions(int major) {
        Assumptions.assumeTrue(TestPostgres.isAvailable(major));
        theHandMadeDatabaseIsAsItWas(TestEcosystem.on(TestPostgres.shared(major), folder));
    }

    private static void theHandMadeDatabaseIsAsItWas(TestEcosystem ecosystem) {
        ecosystem.manifest("""
                defaults: {readers: [readerNN]}
                services:
                  exchange-simulator: {}
                instances:
                  exchange-okxNN: {service: exchange-simulator}
                  exchange-binanceNN: {service: exchange-simulator, owner: admin}
                  exchange-krakenNN: {service: exchange-simulator}
                """);
        HandMadeDatabase.in(ecosystem);
        ecosystem.execute("""
                CREATE TABLE exchange_okxNN.seen (id serial);
                CREATE TABLE exchange_okxNN.half (id integer);
                GRANT SELECT ON exchange_okxNN.seen TO readerNN;
                GRANT SELECT ON exchange_okxNN.half TO exchange_okxNN_adapter WITH GRANT OPTION;
                SET ROLE exchange_binanceNN_adapter;
                CREATE FUNCTION exchange_binanceNN.one() RETURNS integer LANGUAGE sql AS 'SELECT 1'
                """);
        Catalogs before = ecosystem.catalogs();
        ecosystem.init("--allow-hazard", "ownership");

        Ran rollback = ecosystem.rollback();

        assertEquals(Set.of(), ecosystem.catalogs().since(before), rollback::toString);
        assertEquals(Set.of(), before.since(ecosystem.catalogs()), rollback::toString);
    }

    @Test
    void aLoginThatIsNoSuperuserTakesItsOwnBack() {
        aLoginTakesItsOwnBack(TestEcosystem.in(folder));
    }

    @Tag("full")
    @ParameterizedTest
    @ValueSource(ints = {13, 14, 15, 16, 18})
    void soItDoesOnTheOtherVersions(int major) {
        Assumptions.assumeTrue(TestPostgres.isAvailable(major));
        aLoginTakesItsOwnBack(TestEcosystem.on(TestPostgres.shared(major), folder));
    }

    private static void aLoginTakesItsOwnBack(TestEcosystem ecosystem) {
        provisioned(ecosystem);
        String login = ecosystem.provisioningLogin().name();
        Catalogs before = ecosystem.catalogs();
        ecosystem.init();

        Ran rollback = ecosystem.rollback();

        assertEquals(Set.of(), ecosystem.catalogs().since(before), rollback::toString);
        assertEquals(Set.of(), before.since(ecosystem.catalogs()), login);
    }

    @Test
    void aSuperuserTakesBackWhatAnotherLoginMade() {
        TestEcosystem ecosystem = TestEcosystem.in(folder);
        provisioned(ecosystem);
        String superuser = ecosystem.postgresUrl();
        ecosystem.provisioningLogin();
        Catalogs before = ecosystem.catalogs();
        ecosystem.init();
        ecosystem.connectingAs(superuser);

        Ran rollback = ecosystem.rollback();

        assertEquals(Set.of(), ecosystem.catalogs().since(before), rollback::toString);
        assertEquals(Set.of(), before.since(ecosystem.catalogs()), rollback::toString);
    }

    private static void provisioned(TestEcosystem ecosystem) {
        ecosystem.file("sql/V1__trades.sql", "CREATE TABLE trades (id serial); CREATE TABLE fills (id integer)")
                .manifest("""
                        defaults: {readers: [readerNN]}
                        services:
                          exchange-simulator: {sql: sql}
                        instances:
                          exchange-okxNN: {service: exchange-simulator}
                          exchange-binanceNN: {service: exchange-simulator, owner: admin}
                        """);
    }
}
