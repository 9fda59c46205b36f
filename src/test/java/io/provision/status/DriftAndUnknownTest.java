package io.provision.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import io.provision.testing.TestPostgres;
import io.provision.testing.TestRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code provision status} finds changed, and what it cannot see, which is never taken for absent. */
class DriftAndUnknownTest {

    @TempDir
    private Path folder;

    @AutoClose
    private RegisteredSimulators simulators;

    private TestEcosystem ecosystem;

    @BeforeEach
    void twoInstances() {
        simulators = RegisteredSimulators.in(folder);
        ecosystem = simulators.ecosystem();
    }

    @Test
    void whatStandsInThePlaceOfOneFolderHidesNoOtherInstance() throws IOException {
        ecosystem.init();
        Path data = folder.resolve(ecosystem.numbered("volumes/exchange-okxNN/data"));
        Files.delete(data);
        Files.createFile(data);

        JsonNode document = simulators.document("status", "-o", "json");

        assertEquals(List.of("0 unknown", "0 healthy"), drift(document));
        String why = document.at("/instances/0/unknown/0").textValue();
        assertTrue(why.contains(data + ", where a folder of ") && why.contains(" is a file"), why);
    }

    @Test
    void whatSeveralShareIsTheDriftOfEachOfThem() {
        ecosystem.manifest("""
                services:
                  exchange-simulator: {}
                  custodian-simulator: {}
                instances:
                  exchange-okxNN: {service: exchange-simulator, role: sharedNN}
                  exchange-binanceNN: {service: exchange-simulator, role: sharedNN}
                  custodian-komainuNN: {service: custodian-simulator}
                """);
        ecosystem.init();
        ecosystem.execute("ALTER ROLE sharedNN IN DATABASE " + ecosystem.database() + " RESET search_path");

        List<String> drift = drift(simulators.document("status", "-o", "json", "--metrics", "status.prom"));

        assertEquals(List.of("1 drifted", "1 drifted", "0 healthy"), drift);
        assertTrue(
                ecosystem.read("status.prom").contains(ecosystem.numbered("instance_name=\"exchange-okxNN\"} 1")),
                ecosystem.read("status.prom"));
    }

    @Test
    void whatIsLeftOutIsNeitherThereNorUnknown() {
        ecosystem.init();

        JsonNode record = simulators.document("status", "exchange-okxNN", "--only", "volumes", "-o", "json");

        assertTrue(record.get("tables").isNull(), record::toString);
        assertTrue(record.get("keys").isNull(), record::toString);
        assertTrue(record.get("registered").isNull(), record::toString);
        assertTrue(record.get("unknown").isEmpty(), record::toString);
        assertEquals(0, record.get("volume_bytes").intValue());
        assertEquals("healthy", record.get("status").textValue());
    }

    @Test
    void whatTheLoginMayNotSeeIsUnknown() {
        ecosystem.init();
        simulators.register(RegisteredSimulators.HEALTHY);
        TestRedis redis = TestRedis.shared();
        simulators.jedis().aclSetUser("watcher", "on", ">s3cret", "~none", "+@all", "-scan", "-acl");

        Ran ran = ecosystem.run("status", "exchange-okxNN", "-o", "json", "--redis-url",
                "redis://watcher:s3cret@127.0.0.1:" + redis.port());

        assertEquals(0, ran.exitCode(), ran::toString);
        JsonNode record = ran.json();
        assertTrue(record.get("keys").isNull(), record::toString);
        assertTrue(record.get("registered").isNull(), record::toString);
        assertTrue(record.get("drift").isNull(), record::toString);
        assertEquals("unknown", record.get("status").textValue());
        assertEquals(3, record.get("unknown").size(), record::toString);
    }

    @Test
    void whyNobodyKnowsWhoElseIsRegisteredIsInTheDocumentOfSeveralToo() {
        TestRedis redis = TestRedis.shared();
        simulators.jedis().aclSetUser("watcher", "on", ">s3cret", "~*", "+@all", "-scan");

        JsonNode document = simulators.document(
                "status", "-o", "json", "--redis-url", "redis://watcher:s3cret@127.0.0.1:" + redis.port());

        assertTrue(document.get("orphans").isNull(), document::toString);
        assertTrue(document.get("orphans_complete").isNull(), document::toString);
        assertTrue(document.get("orphans_unknown").textValue().contains("NOPERM"), document::toString);
    }

    @Test
    void aLoginThatMayOnlyReadSeesNoDriftThatIsNotThere() {
        ecosystem.init();
        TestPostgres.Login login = ecosystem.provisioningLogin();
        ecosystem.execute("ALTER ROLE %s NOCREATEROLE".formatted(login.name()));
        ecosystem.execute("REVOKE CREATE ON DATABASE %s FROM %s".formatted(ecosystem.database(), login.name()));
        ecosystem.execute("""
                GRANT USAGE ON SCHEMA provision TO %1$s;
                GRANT SELECT ON ALL TABLES IN SCHEMA provision TO %1$s
                """.formatted(login.name()));

        JsonNode record = simulators.document("status", "exchange-okxNN", "-o", "json");

        assertEquals("healthy", record.get("status").textValue(), record::toString);
        assertEquals(0, record.get("drift").intValue());
    }

    private static List<String> drift(JsonNode document) {
        return StreamSupport.stream(document.get("instances").spliterator(), false)
                .map(instance -> instance.get("drift").asInt() + " " + instance.get("status").asText())
                .toList();
    }
}
