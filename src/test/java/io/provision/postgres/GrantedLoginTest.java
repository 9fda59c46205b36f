package io.provision.postgres;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.provision.postgres.LoginGrants.Kind;
import io.provision.postgres.LoginGrants.Statement;
import io.provision.testing.TestEcosystem;
import io.provision.testing.TestPostgres;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code provision grants LOGIN} prints, run by a superuser, is enough for {@code init}. */
class GrantedLoginTest {

    @TempDir
    private Path folder;

    @Test
    void sufficeForInit() {
        sufficeForInit(TestPostgres.DEFAULT_MAJOR);
    }

    @Tag("full")
    @ParameterizedTest
    @ValueSource(ints = {13, 14, 15, 16, 18})
    void sufficeForInitInEveryVersion(int major) {
        assumeTrue(TestPostgres.isAvailable(major), "no binaries of PostgreSQL " + major);

        sufficeForInit(major);
    }

    private void sufficeForInit(int major) {
        TestEcosystem ecosystem = TestEcosystem.on(TestPostgres.shared(major), folder).manifest("""
                defaults: {readers: [readerNN]}
                services:
                  exchange-simulator: {}
                instances:
                  exchange-newNN: {service: exchange-simulator}
                  exchange-adoptedNN: {service: exchange-simulator}
                  exchange-theirsNN: {service: exchange-simulator}
                """);
        ecosystem.execute("""
                CREATE ROLE exchange_adoptedNN_adapter LOGIN;
                CREATE ROLE ownerNN;
                CREATE ROLE makerNN;
                CREATE SCHEMA exchange_theirsNN AUTHORIZATION ownerNN;
                CREATE TABLE exchange_theirsNN.things (id serial);
                ALTER TABLE exchange_theirsNN.things OWNER TO makerNN;
                """);
        LoginGrants grants = new LoginGrants(
                ecosystem.numbered("log'inNN"),
                Optional.of(ecosystem.database()),
                List.of(ecosystem.numbered("exchange_newNN_adapter"), ecosystem.numbered("exchange_adoptedNN_adapter"),
                        ecosystem.numbered("exchange_theirsNN_adapter")),
                List.of(ecosystem.numbered("exchange_newNN"), ecosystem.numbered("exchange_theirsNN")),
                List.of());

        run(ecosystem, grants);
        run(ecosystem, grants);

        ecosystem.execute("ALTER ROLE \"log'inNN\" PASSWORD 'made up'");
        ecosystem.connectingAs(ecosystem.postgres().url(
                ecosystem.numbered("log%27inNN"), "made%20up", ecosystem.database()));
        ecosystem.init("--allow-hazard", "ownership");
        ecosystem.assertNothingToDo();
    }

    private static void run(TestEcosystem ecosystem, LoginGrants grants) {
        for (Statement statement : grants.statements()) {
            if (statement.kind() == Kind.ASKS) {
                ecosystem.query(statement.sql()).forEach(ecosystem::execute);
            } else {
                ecosystem.execute(statement.sql());
            }
        }
    }
}
