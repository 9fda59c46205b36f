package io.provision.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.provision.testing.TestEcosystem.Ran;
import io.provision.testing.TestPostgres;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** What people, programs and Prometheus read of a breach. Each test leaves the ecosystem as it found it. */
@TestInstance(Lifecycle.PER_CLASS)
class VerifyOutputsTest {

    private Path folder;
    private VerifiedEcosystem ecosystem;

    @BeforeAll
    void init(@TempDir Path empty) {
        folder = empty;
        ecosystem = VerifiedEcosystem.on(TestPostgres.shared(), folder);
    }

    @Test
    void aPersonReadsALineAnInstanceAndEveryFindingWithItsRemedy() {
        ecosystem.execute("GRANT USAGE ON SCHEMA komainu_schema TO okx_role");

        Ran ran = ecosystem.ecosystem().run("verify", "--only", "postgres");

        assertEquals(4, ran.exitCode(), ran::toString);
        assertEquals(
                ecosystem.written("""
                        INSTANCE                CHECKS  FAULTS  REACHES OTHERS  IS REACHED
                        exchange-okxNN       10      none    1               none
                        custodian-komainuNN  11      none    none            1
                        audit-NN             11      none    none            none

                        breach: from exchange-okxNN to custodian-komainuNN (postgres): \
                        okx_role was granted USAGE on the schema komainu_schema
                            REVOKE USAGE ON SCHEMA "komainu_schema" FROM "okx_role";
                        33 checks, 6 pairs of instances: 0 faults, 1 breach
                        """),
                ran.out());
        ecosystem.execute("REVOKE USAGE ON SCHEMA komainu_schema FROM okx_role");
    }

    @Test
    void theDocumentKeepsItsShape() {
        ecosystem.execute("GRANT USAGE ON SCHEMA komainu_schema TO okx_role");

        JsonNode document = ecosystem.verify().document();

        assertEquals(List.of("ok", "checks", "isolation"), keys(document));
        assertEquals(List.of("instance", "check", "ok", "detail", "remedy"), keys(document.get("checks").get(0)));
        JsonNode isolation = document.get("isolation");
        assertEquals(List.of("pairs", "breaches", "warnings", "notes"), keys(isolation));
        assertEquals(List.of("from", "to", "store", "how", "remedy"), keys(isolation.get("breaches").get(0)));
        ecosystem.execute("REVOKE USAGE ON SCHEMA komainu_schema FROM okx_role");
    }

    private static List<String> keys(JsonNode object) {
        List<String> keys = new ArrayList<>();
        object.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    @Test
    void theFiguresForPrometheusTellTheBreaches() {
        ecosystem.execute("ALTER ROLE okx_role BYPASSRLS");

        ecosystem.verify("--metrics", folder.resolve("verify.prom").toString());

        String figures = ecosystem.ecosystem().read("verify.prom");
        assertTrue(figures.contains("provision_isolation_breaches{ecosystem=\"test\",command=\"verify\"} 1"), figures);
        assertTrue(figures.contains("provision_last_run_success{ecosystem=\"test\",command=\"verify\"} 0"), figures);
        assertTrue(
                figures.contains(ecosystem.written("provision_faults{ecosystem=\"test\",command=\"verify\","
                        + "instance_name=\"exchange-okxNN\"} 0")),
                figures);
        ecosystem.execute("ALTER ROLE okx_role NOBYPASSRLS");
    }
}
