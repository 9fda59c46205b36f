package io.provision.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.provision.testing.TestEcosystem;
import io.provision.testing.TestPostgres;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A database in which PUBLIC lost what it has in a new one: what of it is missed is told beforehand. */
class HardenedDatabaseTest {

    private static final Pattern GRANT = Pattern.compile("run: (GRANT .*;)");

    @TempDir
    private Path folder;

    private TestEcosystem ecosystem;
    private String login;

    @BeforeEach
    void anEcosystem() {
        on(TestPostgres.shared());
    }

    private void on(TestPostgres postgres) {
        ecosystem = TestEcosystem.on(postgres, folder).manifest("""
                defaults: {readers: [readerNN]}
                services:
                  exchange-simulator: {}
                instances:
                  exchange-okxNN: {service: exchange-simulator, sql: sql}
                """).file("sql/V1__books.sql", "CREATE TABLE books (id integer);");
        login = ecosystem.provisioningLogin().name();
    }

    @Test
    void whoCannotConnectIsToldByThePlanWithTheGrant() {
        ecosystem.execute("REVOKE CONNECT, TEMPORARY ON DATABASE %s FROM PUBLIC; GRANT CONNECT ON DATABASE %s TO %s"
                .formatted(ecosystem.database(), ecosystem.database(), login));

        String plan = ecosystem.run("plan").expect(0).out();
        ecosystem.init();

        assertTrue(plan.contains(ecosystem.numbered("GRANT CONNECT ON DATABASE \"%s\" TO \"exchange_okxNN_adapter\","
                + " \"readerNN\";").formatted(ecosystem.database())), plan);
        ecosystem.execute(grant(plan));
        assertFalse(ecosystem.run("plan").expect(0).out().contains("CONNECT"));
        ecosystem.run("verify").expect(0);
    }

    @Tag("full")
    @ParameterizedTest
    @ValueSource(ints = {13, 14, 15, 16, 18})
    void soItIsOnOtherVersions(int major) {
        assumeTrue(TestPostgres.isAvailable(major), () -> "no binaries of PostgreSQL " + major);
        on(TestPostgres.shared(major));
        whoCannotConnectIsToldByThePlanWithTheGrant();
        on(TestPostgres.shared(major));
        aRoleThatStandsIsGrantedTheLanguageAlone();
    }

    @Test
    void whereEverybodyMayConnectNothingIsToldOfIt() {
        String plan = ecosystem.run("plan").expect(0).out();

        assertFalse(plan.contains("CONNECT"), plan);
    }

    @Test
    void aLanguageThatNobodyMayUseIsARefusalWithTheGrant() {
        ecosystem.execute("REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC");

        String refused = ecosystem.run("init").expect(7).err();

        assertTrue(refused.contains(ecosystem.numbered("PUBLIC lost USAGE ON LANGUAGE plpgsql:"
                + " \"exchange_okxNN_adapter\" may not make them")), refused);
        assertEquals("GRANT USAGE ON LANGUAGE plpgsql TO PUBLIC;", grant(refused));
        ecosystem.execute(grant(refused));
        ecosystem.init();
    }

    @Test
    void aRoleThatStandsIsGrantedTheLanguageAlone() {
        ecosystem.execute("""
                CREATE ROLE exchange_okxNN_adapter LOGIN;
                GRANT exchange_okxNN_adapter TO the_login WITH ADMIN OPTION;
                REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC
                """.replace("the_login", login));

        String refused = ecosystem.run("init").expect(7).err();

        assertEquals(ecosystem.numbered("GRANT USAGE ON LANGUAGE plpgsql TO \"exchange_okxNN_adapter\";"),
                grant(refused));
        ecosystem.execute(grant(refused));
        ecosystem.init();
    }

    @Test
    void aLanguageThatIsNotThereIsARefusalWithTheExtension() {
        ecosystem.execute("DROP EXTENSION plpgsql");
        String both = "the journal's triggers and the functions that sql: files run in";

        assertLacks(both, ecosystem.run("plan").expect(7).out());
        assertLacks(both, ecosystem.run("init").expect(7).err());

        ecosystem.execute("CREATE EXTENSION plpgsql");
        ecosystem.init();
    }

    @Test
    void theJournalAloneWantsTheLanguageWhereItIsToBeMade() {
        ecosystem.manifest("""
                services:
                  exchange-simulator: {}
                instances:
                  exchange-okxNN: {service: exchange-simulator}
                """);
        ecosystem.execute("DROP EXTENSION plpgsql");

        assertLacks("the journal's triggers", ecosystem.run("init").expect(7).err());

        ecosystem.execute("CREATE EXTENSION plpgsql; REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC");
        String refused = ecosystem.run("init").expect(7).err();
        assertEquals("GRANT USAGE ON LANGUAGE plpgsql TO \"%s\";".formatted(login), grant(refused));
        ecosystem.execute(grant(refused));
        ecosystem.init();
    }

    private void assertLacks(String uses, String said) {
        assertTrue(said.contains("the database %s lacks the language plpgsql, in which %s are written"
                .formatted(ecosystem.database(), uses)), said);
        assertTrue(said.contains("let somebody who may run there: CREATE EXTENSION plpgsql;"), said);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "SELECT ON pg_catalog.pg_roles                     | GRANT SELECT ON pg_catalog.pg_roles TO LOGIN;",
        "SELECT ON pg_catalog.pg_namespace                 | GRANT SELECT ON pg_catalog.pg_namespace TO LOGIN;",
        "EXECUTE ON FUNCTION pg_catalog.quote_ident(text)"
                + " | GRANT EXECUTE ON FUNCTION pg_catalog.quote_ident(…) TO LOGIN;",
    })
    void aCatalogThatIsShutIsNamedWithTheGrant(String right, String grant) {
        ecosystem.execute("REVOKE %s FROM PUBLIC".formatted(right));

        String failed = ecosystem.run("plan").expect(1).err();

        assertTrue(failed.contains("looking at the catalogs failed: permission denied for "), failed);
        assertEquals(grant, grant(failed));
        ecosystem.execute("GRANT %s TO %s".formatted(right, login));
        ecosystem.run("plan").expect(0);
    }

    @Test
    void whatAnotherHandsFunctionIsRefusedIsNotTakenForTheServersOwn() {
        ecosystem.execute("""
                CREATE FUNCTION public.noted() RETURNS void LANGUAGE sql AS '';
                REVOKE EXECUTE ON FUNCTION public.noted() FROM PUBLIC;
                CREATE FUNCTION public.watched() RETURNS event_trigger LANGUAGE plpgsql AS
                  'BEGIN PERFORM public.noted(); END';
                CREATE EVENT TRIGGER watched ON ddl_command_end EXECUTE FUNCTION public.watched()
                """);

        String failed = ecosystem.run("init").err();

        assertTrue(failed.contains("permission denied for function noted"), failed);
        assertTrue(failed.contains("a function that the server ran along with it was refused that"), failed);
    }

    @Test
    void aFileInPublicWantsATemporaryFunction() {
        ecosystem.manifest("""
                services:
                  market-data: {naming: python-data-adapter, sql: sql}
                instances:
                  market-dataNN: {service: market-data, schema: public}
                """);
        ecosystem.connectingAs(ecosystem.postgres().superuserUrl(ecosystem.database()))
                .execute("REVOKE TEMPORARY ON DATABASE %s FROM PUBLIC".formatted(ecosystem.database()));

        assertEquals("GRANT TEMPORARY ON DATABASE \"%s\" TO PUBLIC;".formatted(ecosystem.database()),
                grant(ecosystem.run("init").expect(7).err()));
    }

    private static String grant(String said) {
        Matcher grant = GRANT.matcher(said);
        assertTrue(grant.find(), said);
        return grant.group(1);
    }
}
