package io.provision.rollback;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.provision.testing.Golden;
import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The JSON documents of {@code rollback} are a contract ({@code cli.md}). */
@Timeout(60)
class RollbackDocumentsTest {

    @TempDir
    private Path folder;

    private TestEcosystem ecosystem;

    @BeforeEach
    void somethingOfEverything() {
        ecosystem = TestEcosystem.in(folder)
                .file("sql/V1__fills.sql", "CREATE TABLE ${schema}.fills (id integer)")
                .manifest("""
                        defaults: {readers: [readerNN], volumes: {root: ./volumes}}
                        services:
                          exchange-simulator: {sql: sql, migrate: {tables: [trades]}}
                        instances:
                          exchange-okxNN: {service: exchange-simulator}
                        """);
        ecosystem.execute("CREATE TABLE public.trades (id integer)");
        ecosystem.init();
        ecosystem.execute("""
                INSERT INTO exchange_okxNN.fills VALUES (1);
                CREATE FUNCTION public.last() RETURNS bigint LANGUAGE plpgsql AS
                'BEGIN RETURN (SELECT max(id) FROM exchange_okxNN.trades); END';
                """);
        ecosystem.execute("REVOKE USAGE ON SCHEMA exchange_okxNN FROM readerNN");
    }

    private String masked(String json) {
        return json.replace(ecosystem.numbered("NN"), "NN")
                .replace(ecosystem.database(), "DATABASE")
                .replace(folder.toString(), "FOLDER")
                .replaceAll("chown \\d+:\\d+", "chown OWNER")
                .replaceAll("\\d{8}T\\d{6}-[0-9a-f]{8}", "RUN")
                .replaceAll("\"[0-9a-f]{64}\"", "\"FINGERPRINT\"");
    }

    @Test
    void ofWhatItWouldDo() throws IOException {
        Ran ran = ecosystem.run("rollback", "--dry-run", "-o", "json");

        Golden.assertSame("rollback/dry-run.json", masked(ran.out()));
    }

    @Test
    void ofWhatItDid() throws IOException {
        Ran ran = ecosystem.run("rollback", "--yes", "--allow-hazard", "function-text", "-o", "json");

        assertEquals(1, ran.exitCode(), ran::toString);
        Golden.assertSame("rollback/done.json", masked(ran.out()));
    }

    @Test
    void ofNothing() throws IOException {
        ecosystem.run("rollback", "--yes", "--allow-hazard", "function-text", "--discard-data");

        Ran ran = ecosystem.rollback("--skip-changed", "-o", "json");

        Golden.assertSame("rollback/nothing.json", masked(ran.out()));
    }
}
