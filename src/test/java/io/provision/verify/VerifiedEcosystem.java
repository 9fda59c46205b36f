package io.provision.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.provision.testing.TestEcosystem;
import io.provision.testing.TestPostgres;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Three instances, provisioned by a login without superuser; the first is a reader of the third.
 *
 * @param login the login's name; {@code the_login} in what is typed
 */
record VerifiedEcosystem(TestEcosystem ecosystem, String login) {

    static VerifiedEcosystem on(TestPostgres postgres, Path folder) {
        TestEcosystem ecosystem = TestEcosystem.on(postgres, folder)
                .file("sql/V1__things.sql", "CREATE TABLE ${schema}.things (id serial PRIMARY KEY, \"Note\" text);")
                .manifest("""
                        defaults:
                          readers: [readerNN]
                          password: {generate: "secrets/{instance}"}
                          volumes: {root: ./volumes}
                          sql: sql
                        services:
                          exchange-simulator: {}
                          custodian-simulator: {}
                          audit-simulator: {readers: [readerNN, exchange_okxNN_adapter]}
                        instances:
                          exchange-okxNN: {service: exchange-simulator}
                          custodian-komainuNN: {service: custodian-simulator}
                          audit-NN: {service: audit-simulator}
                        """);
        // Before PostgreSQL 15 it is so in every new database.
        ecosystem.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC");
        String login = ecosystem.provisioningLogin().name();
        ecosystem.init();
        return new VerifiedEcosystem(ecosystem, login);
    }

    /** Of PostgreSQL alone, so that who runs the tests makes no difference. */
    Verified verify(String... further) {
        List<String> arguments = new ArrayList<>(List.of("verify", "--only", "postgres", "-o", "json"));
        arguments.addAll(List.of(further));
        return Verified.of(ecosystem.run(arguments.toArray(String[]::new)));
    }

    void execute(String sql) {
        if (!sql.isEmpty()) {
            ecosystem.execute(written(sql));
        }
    }

    String written(String text) {
        return ecosystem.numbered(BreachCase.written(text)
                .replace("the_database", ecosystem.database())
                .replace("the_login", login));
    }

    /** Each in a transaction of its own, as psql has it. */
    private void close(Verified verified) {
        verified.breaches().stream()
                .flatMap(breach -> breach.remedy().lines())
                .distinct()
                .forEach(ecosystem::execute);
    }

    void isFoundAndNamedAndClosed(BreachCase breach) {
        execute(breach.open());
        Verified verified = verify("--probe", "none");
        close(verified);
        Verified again = verify("--probe", "none");
        execute(breach.clean());

        verified.assertFound(
                written(breach.path()),
                ecosystem.numbered(breach.from()),
                ecosystem.numbered(breach.to()),
                "postgres");
        assertEquals(List.of(), again.breaches(), again::toString);
        assertEquals(0, again.exitCode(), again::toString);
    }
}
