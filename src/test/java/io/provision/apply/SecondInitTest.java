package io.provision.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.StatementLog;
import io.provision.testing.TestEcosystem;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that finds everything done. */
class SecondInitTest {

    private static final Pattern WRITES = Pattern.compile(
            "(?:INSERT|UPDATE|DELETE|TRUNCATE|MERGE|CREATE|ALTER|DROP|GRANT|REVOKE|COMMENT|DO|SET\\s+ROLE)\\b.*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    @TempDir
    private Path folder;

    private TestEcosystem ecosystem;

    @BeforeEach
    void init() {
        ecosystem = TestEcosystem.in(folder)
                .file("sql/V1__things.sql", "CREATE TABLE ${schema}.things (id serial);")
                .manifest("""
                        defaults:
                          readers: [readerNN]
                          password: {generate: "secrets/{instance}"}
                        services:
                          exchange-simulator: {sql: sql}
                        instances:
                          exchange-okxNN: {service: exchange-simulator, legacy_schemas: [old_okxNN]}
                          exchange-binanceNN: {service: exchange-simulator, owner: admin}
                        """);
        ecosystem.provisioningLogin();
        ecosystem.init();
    }

    @Test
    void saysThatNothingIsToDo() {
        TestEcosystem.Ran again = ecosystem.run("init");

        assertEquals(0, again.exitCode(), again::toString);
        assertTrue(again.out().contains("nothing to do: 2 instances stand as the manifest says"), again::toString);
    }

    @Test
    void saysWhoseASchemaStaysThatIsTheAdminsNow() {
        String note = ecosystem.numbered("note: exchange-okxNN: the schema exchange_okxNN stands already, and stays its"
                + " role's, exchange_okxNN_adapter, `owner: admin` or not; to take it away: ALTER SCHEMA"
                + " \"exchange_okxNN\" OWNER TO ");
        assertFalse(ecosystem.run("plan").toString().contains(note));

        ecosystem.manifest("""
                services:
                  exchange-simulator: {}
                instances:
                  exchange-okxNN: {service: exchange-simulator, owner: admin}
                """);

        assertTrue(ecosystem.run("plan").toString().contains(note), () -> ecosystem.run("plan").toString());
    }

    @Test
    void saysSoOfANamespaceThatTwoShareOnPurpose() {
        ecosystem.manifest("""
                services:
                  exchange-simulator: {namespace: both}
                instances:
                  exchange-oneNN: {service: exchange-simulator, shares_namespace_with: [exchange-twoNN]}
                  exchange-twoNN: {service: exchange-simulator, shares_namespace_with: [exchange-oneNN]}
                """).init();

        TestEcosystem.Ran again = ecosystem.run("init");

        assertTrue(again.out().contains("nothing to do: 2 instances stand as the manifest says"), again::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"init", "plan", "status"})
    void sendsNoStatementThatWrites(String command) {
        long mark = ecosystem.postgres().mark();

        ecosystem.run(command);

        String log = ecosystem.postgres().logSince(mark);
        List<String> statements = StatementLog.texts(log);
        assertFalse(statements.isEmpty(), log);
        assertEquals(List.of(), statements.stream().filter(s -> WRITES.matcher(s).matches()).toList(), log);
        assertEquals(
                statements.stream().filter(s -> s.startsWith("BEGIN")).count(),
                statements.stream().filter(s -> s.endsWith("READ ONLY")).count(),
                log);
    }

    @Test
    void leavesTheCatalogsAsTheyAre() {
        var before = ecosystem.catalogs();

        ecosystem.init();

        assertEquals(before, ecosystem.catalogs());
        assertEquals(List.of("1"), ecosystem.query("SELECT count(*) FROM provision.runs"));
    }

    @Test
    void aPlanThatFindsNothingEndsWithZeroEvenInDetail() {
        assertEquals(0, ecosystem.run("plan", "--detailed-exitcode").exitCode());
    }
}
