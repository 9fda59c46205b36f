package io.provision.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.provision.testing.CatalogSnapshot;
import io.provision.testing.TestEcosystem;
import io.provision.testing.TestPostgres.Login;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings that change what a literal means, or how the server writes a name, are no business of the tool's. */
class TextSettingsTest {

    @TempDir
    private Path folder;

    private TestEcosystem ecosystem;
    private Login login;

    @BeforeEach
    void provisionAsALogin() {
        ecosystem = TestEcosystem.in(folder);
        login = ecosystem.provisioningLogin();
        ecosystem.execute("""
                GRANT USAGE, CREATE ON SCHEMA public TO the_login;
                CREATE TABLE public.orders (id serial PRIMARY KEY, what text DEFAULT 'a\\b');
                ALTER TABLE public.orders OWNER TO the_login
                """.replace("the_login", login.name()));
        ecosystem.manifest("""
                services:
                  exchange-simulator: {sql: sql, migrate: {tables: [orders], views: compat}}
                instances:
                  exchange-okxNN: {service: exchange-simulator}
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"standard_conforming_strings = off", "quote_all_identifiers = on"})
    void theLoginMayHaveThem(String setting) {
        ecosystem.file("sql/V1__log.sql", "CREATE TABLE log (what text DEFAULT 'a\\b')");
        CatalogSnapshot before = ecosystem.snapshot();
        ecosystem.execute("ALTER ROLE %s SET %s".formatted(login.name(), setting));

        ecosystem.init();
        ecosystem.assertNothingToDo();
        ecosystem.execute("ALTER ROLE %s RESET ALL".formatted(login.name()));
        ecosystem.rollback();

        assertEquals(List.of(), before.differenceBeyondAclsWrittenOut(ecosystem.snapshot()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"standard_conforming_strings = off", "quote_all_identifiers = on"})
    void aFileMaySetThemForItself(String setting) {
        ecosystem.file("sql/V1__log.sql", "SET %s; CREATE TABLE log (what text)".formatted(setting))
                .file("sql/V2__notes.sql", "CREATE TABLE notes (what text DEFAULT 'a\\b')");
        CatalogSnapshot before = ecosystem.snapshot();

        ecosystem.init();
        ecosystem.rollback();

        assertEquals(List.of(), before.differenceBeyondAclsWrittenOut(ecosystem.snapshot()));
    }
}
