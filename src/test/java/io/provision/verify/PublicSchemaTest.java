package io.provision.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An instance that lives in public, where PostgreSQL has let nobody make anything since 15. */
class PublicSchemaTest {

    @TempDir
    private Path folder;

    @Test
    void whereTheRoleMayMakeNothingTheGrantIsTold() {
        TestEcosystem ecosystem = TestEcosystem.in(folder).manifest("""
                services: {exchange-simulator: {}}
                instances:
                  exchange-okxNN: {service: exchange-simulator, schema: public, role: okx_NN, readers: [readerNN]}
                """);
        ecosystem.init();
        String grant = ecosystem.numbered("GRANT CREATE ON SCHEMA \"public\" TO \"okx_NN\";");

        Ran verify = ecosystem.run("verify", "--only", "postgres");
        ecosystem.execute(grant);
        Ran granted = ecosystem.run("verify", "--only", "postgres", "-o", "json");

        assertEquals(0, verify.exitCode(), verify::toString);
        assertTrue(verify.err().contains(ecosystem.numbered("warning: okx_NN may make nothing in the schema public, "
                + "and so it is not proved what others may do with what it would make: if its service makes tables "
                + "there, "
                + grant)), verify::toString);
        assertFalse(verify.err().contains("run it as the login that provisions"), verify::toString);
        assertFalse(granted.out().contains("may make nothing"), granted::toString);
        assertTrue(granted.out().contains("default_privileges_probe"), granted::toString);
    }
}
