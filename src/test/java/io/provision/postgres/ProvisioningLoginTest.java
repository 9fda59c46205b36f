package io.provision.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.provision.testing.Catalogs;
import io.provision.testing.TestEcosystem;
import io.provision.testing.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A login with CREATEROLE and CREATE on the database, as managed services give it, gets the same as a superuser. */
class ProvisioningLoginTest {

    private static final String MANIFEST = """
            defaults:
              readers: [readerNN]
              password: {generate: "secrets/{instance}"}
            services:
              exchange-simulator: {sql: sql}
            instances:
              exchange-okxNN: {service: exchange-simulator, legacy_schemas: [old_okxNN]}
              exchange-binanceNN: {service: exchange-simulator, owner: admin}
              exchange-krakenNN: {service: exchange-simulator, role: sharedNN}
              exchange-twinNN: {service: exchange-simulator, role: sharedNN}
            """;

    private static final String TABLES = """
            CREATE TABLE things (id serial PRIMARY KEY, what text);
            CREATE FUNCTION count_things() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM things';
            """;

    @TempDir
    private Path superusersFolder;

    @TempDir
    private Path loginsFolder;

    @Test
    void getsWhatASuperuserGets() throws SQLException {
        getsWhatASuperuserGets(TestPostgres.DEFAULT_MAJOR);
    }

    @Tag("full")
    @ParameterizedTest
    @ValueSource(ints = {13, 14, 15, 16, 18})
    void getsWhatASuperuserGetsInEveryVersion(int major) throws SQLException {
        assumeTrue(TestPostgres.isAvailable(major), "no binaries of PostgreSQL " + major);

        getsWhatASuperuserGets(major);
    }

    private void getsWhatASuperuserGets(int major) throws SQLException {
        TestPostgres postgres = TestPostgres.shared(major);
        TestEcosystem theirs = TestEcosystem.on(postgres, superusersFolder);
        theirs.file("sql/V1__things.sql", TABLES).manifest(MANIFEST);
        TestEcosystem ours = TestEcosystem.on(postgres, loginsFolder);
        ours.file("sql/V1__things.sql", TABLES).manifest(MANIFEST);
        String login = ours.provisioningLogin().name();

        theirs.init();
        ours.init();

        assertEquals(comparable(theirs, postgres.superuser()), comparable(ours, login));
        ours.assertNothingToDo();
        theReaderReadsWhatTheRoleMakes(ours);
    }

    private static void theReaderReadsWhatTheRoleMakes(TestEcosystem ecosystem) throws SQLException {
        try (Connection session = ecosystem.connectAs("exchange_okxNN_adapter", "exchange-okxNN");
                Statement statement = session.createStatement()) {
            statement.execute("CREATE TABLE later AS SELECT 'seen' AS what");
        }
        try (Connection session = ecosystem.connect(); Statement statement = session.createStatement()) {
            statement.execute(ecosystem.numbered("SET ROLE readerNN"));
            assertEquals(List.of("seen"), ecosystem.query(session, "SELECT what FROM exchange_okxNN.later"));
        }
    }

    /** Of this ecosystem alone, whatever its number, its database, and whoever made it. */
    private static Catalogs comparable(TestEcosystem ecosystem, String login) {
        TreeSet<String> facts = new TreeSet<>();
        String number = ecosystem.numbered("NN");
        ecosystem.catalogs().facts().stream()
                .filter(fact -> fact.contains(number))
                .filter(fact -> !fact.startsWith("member "))
                .map(fact -> fact.replace(number, "NN").replace(ecosystem.database(), "DATABASE"))
                .map(fact -> fact.replaceAll("\\b%s\\b".formatted(login), "LOGIN"))
                .forEach(facts::add);
        return new Catalogs(facts);
    }
}
