package io.provision.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.provision.testing.Catalogs;
import io.provision.testing.TestEcosystem;
import io.provision.testing.TestPostgres;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A login that lacks something is told the one statement that would help, before anything is tried. */
class MissingPrivilegesTest {

    private static final Pattern REMEDY = Pattern.compile("let somebody who may run: (.*;)");

    private static final String MANIFEST = """
            defaults: {readers: [readerNN]}
            services:
              exchange-simulator: {}
            instances:
              exchange-okxNN: {service: exchange-simulator, owner: %s}
            """;

    @TempDir
    private Path folder;

    /** What is run before, and the remedy, both with names to be filled in. */
    private static Stream<Arguments> cases() {
        return Stream.of(
                Arguments.of("may not make roles", 13, """
                        ALTER ROLE the_login NOCREATEROLE
                        """, "ALTER ROLE \"the_login\" CREATEROLE;"),
                Arguments.of("may not make schemas", 13, """
                        REVOKE CREATE ON DATABASE the_database FROM the_login
                        """, "GRANT CREATE ON DATABASE \"the_database\" TO \"the_login\";"),
                Arguments.of("has no admin option on a role that it adopts", 16, """
                        CREATE ROLE exchange_okxNN_adapter LOGIN
                        """, "GRANT \"exchange_okxNN_adapter\" TO \"the_login\" WITH ADMIN OPTION;"),
                Arguments.of("adopts a role that may not make roles either", 16, """
                        CREATE ROLE exchange_okxNN_adapter LOGIN;
                        CREATE ROLE readerNN;
                        ALTER ROLE the_login NOCREATEROLE
                        """, "ALTER ROLE \"the_login\" CREATEROLE; "
                                + "GRANT \"exchange_okxNN_adapter\" TO \"the_login\" WITH ADMIN OPTION;"),
                Arguments.of("is no member of a schema's owner", 13, """
                        CREATE ROLE thirdNN;
                        CREATE SCHEMA exchange_okxNN AUTHORIZATION thirdNN
                        """, "GRANT \"thirdNN\" TO \"the_login\";"),
                Arguments.of("is no member of a table's owner", 13, """
                        CREATE ROLE thirdNN;
                        CREATE SCHEMA exchange_okxNN AUTHORIZATION the_login;
                        CREATE TABLE exchange_okxNN.theirs (id integer);
                        ALTER TABLE exchange_okxNN.theirs OWNER TO thirdNN
                        """, "GRANT \"thirdNN\" TO \"the_login\";"),
                Arguments.of("does not inherit, and the table's owner was granted", 16, """
                        CREATE ROLE thirdNN;
                        ALTER ROLE the_login NOINHERIT;
                        GRANT thirdNN TO the_login;
                        CREATE SCHEMA exchange_okxNN AUTHORIZATION the_login;
                        GRANT ALL ON SCHEMA exchange_okxNN TO thirdNN;
                        SET ROLE thirdNN;
                        CREATE TABLE exchange_okxNN.theirs (id integer);
                        RESET ROLE
                        """, "GRANT \"thirdNN\" TO \"the_login\" WITH INHERIT TRUE;"));
    }

    private static Stream<Arguments> oldCases() {
        return Stream.of(
                Arguments.of("does not inherit", """
                        ALTER ROLE the_login NOINHERIT
                        """, "ALTER ROLE \"the_login\" INHERIT;"),
                Arguments.of("does not inherit, and only a table is missing", """
                        CREATE ROLE exchange_okxNN_adapter LOGIN;
                        GRANT exchange_okxNN_adapter TO the_login;
                        CREATE ROLE readerNN;
                        CREATE SCHEMA exchange_okxNN AUTHORIZATION exchange_okxNN_adapter;
                        GRANT USAGE ON SCHEMA exchange_okxNN TO readerNN;
                        REVOKE USAGE ON SCHEMA exchange_okxNN FROM PUBLIC;
                        ALTER ROLE the_login NOINHERIT
                        """, "ALTER ROLE \"the_login\" INHERIT;"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void isRefusedAndHelped(String what, int since, String before, String remedy) {
        refusedAndHelped(TestPostgres.DEFAULT_MAJOR, "role", before, remedy);
    }

    @Test
    void isRefusedAndHelpedWhereAFunctionIsSomebodyElses() {
        refusedAndHelped(TestPostgres.DEFAULT_MAJOR, "admin", """
                CREATE ROLE thirdNN;
                CREATE SCHEMA exchange_okxNN AUTHORIZATION the_login;
                CREATE FUNCTION exchange_okxNN."The irs"(a "char") RETURNS integer LANGUAGE sql AS 'SELECT 1';
                ALTER FUNCTION exchange_okxNN."The irs" OWNER TO thirdNN;
                REVOKE EXECUTE ON FUNCTION exchange_okxNN."The irs" FROM PUBLIC
                """, "GRANT \"thirdNN\" TO \"the_login\";");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CREATE SCHEMA exchange_okxNN | exchange_okxNN
            CREATE SCHEMA exchange_okxNN AUTHORIZATION the_login; CREATE TABLE exchange_okxNN.t () | exchange_okxNN.t
            """)
    void isNeverToldToJoinASuperuser(String before, String what) {
        TestEcosystem ecosystem = TestEcosystem.in(folder).manifest(MANIFEST.formatted("role"));
        ecosystem.execute(filled(before, ecosystem, ecosystem.provisioningLogin().name()));

        TestEcosystem.Ran init = ecosystem.run("init").expect(7);

        assertTrue(init.err().contains(ecosystem.numbered(
                "give %s to another role: nobody should be a member of the superuser postgres".formatted(what))),
                init::toString);
        assertFalse(init.err().contains("GRANT \"postgres\""), init::toString);
    }

    @Tag("full")
    @ParameterizedTest(name = "{0} on 13")
    @MethodSource("cases")
    void isRefusedAndHelpedOnTheOldest(String what, int since, String before, String remedy) {
        assumeTrue(since == 13 && TestPostgres.isAvailable(13), "not on 13");

        refusedAndHelped(13, "role", before, remedy);
    }

    @Tag("full")
    @ParameterizedTest(name = "{0} on 13")
    @MethodSource("oldCases")
    void isRefusedAndHelpedBefore16(String what, String before, String remedy) {
        assumeTrue(TestPostgres.isAvailable(13), "no binaries of PostgreSQL 13");

        refusedAndHelped(13, "role", before, remedy);
    }

    @Tag("full")
    @ParameterizedTest(name = "{0} on 18")
    @MethodSource("cases")
    void isRefusedAndHelpedOnTheNewest(String what, int since, String before, String remedy) {
        assumeTrue(TestPostgres.isAvailable(18), "no binaries of PostgreSQL 18");

        refusedAndHelped(18, "role", before, remedy);
    }

    private void refusedAndHelped(int major, String owner, String before, String remedy) {
        TestEcosystem ecosystem =
                TestEcosystem.on(TestPostgres.shared(major), folder).manifest(MANIFEST.formatted(owner));
        String login = ecosystem.provisioningLogin().name();
        ecosystem.execute(filled(before, ecosystem, login));
        Catalogs standing = ecosystem.catalogs();

        TestEcosystem.Ran plan = ecosystem.run("plan");
        TestEcosystem.Ran init = ecosystem.run("init", "--allow-hazard", "ownership");

        assertEquals(7, plan.exitCode(), plan::toString);
        assertEquals(7, init.exitCode(), init::toString);
        assertTrue(init.err().contains(ecosystem.numbered(filled(remedy, ecosystem, login))), init::toString);
        assertEquals(standing, ecosystem.catalogs());
        assertFalse(ecosystem.stands("volumes"));

        REMEDY.matcher(init.err()).results().map(match -> match.group(1)).forEach(ecosystem::execute);
        ecosystem.init("--allow-hazard", "ownership");
    }

    private static String filled(String text, TestEcosystem ecosystem, String login) {
        return text.replace("the_login", login).replace("the_database", ecosystem.database());
    }
}
