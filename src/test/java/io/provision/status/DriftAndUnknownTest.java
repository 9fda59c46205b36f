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
import redis.clients.jedis.Jedis;

/** What {@code provision status} finds changed, and what it cannot see, which is never taken for absent. */
class DriftAndUnknownTest {

    private static final String HEALTHY = """
            {"service": "exchange-simulator", "instance": "exchange-okxNN", "host": "okx", "http_port": 8081,
             "grpc_port": 50051, "version": "1.4.0", "environment": "staging", "status": "healthy",
             "timestamp": "2999-01-01T10:00:00.123Z"}""";

    @TempDir
    private Path folder;

    @AutoClose
    private final Jedis jedis = TestRedis.shared().connect();

    private TestEcosystem ecosystem;

    @BeforeEach
    void provisioned() {
        ecosystem = TestEcosystem.in(folder).manifest("""
                services:
                  exchange-simulator: {environment: {ENVIRONMENT: staging}}
                instances:
                  exchange-okxNN: {service: exchange-simulator}
                  exchange-binanceNN: {service: exchange-simulator}
                """);
    }

    @Test
    void whatStandsInThePlaceOfOneFolderHidesNoOtherInstance() throws IOException {
        ecosystem.init();
        Path data = folder.resolve(ecosystem.numbered("volumes/exchange-okxNN/data"));
        Files.delete(data);
        Files.createFile(data);

        JsonNode document = document("status", "-o", "json");

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

        List<String> drift = drift(document("status", "-o", "json", "--metrics", "status.prom"));

        assertEquals(List.of("1 drifted", "1 drifted", "0 healthy"), drift);
        assertTrue(
                ecosystem.read("status.prom").contains(ecosystem.numbered("instance_name=\"exchange-okxNN\"} 1")),
                ecosystem.read("status.prom"));
    }

    private static List<String> drift(JsonNode document) {
        return StreamSupport.stream(document.get("instances").spliterator(), false)
                .map(instance -> instance.get("drift").asInt() + " " + instance.get("status").asText())
                .toList();
    }

    @Test
    void whatIsLeftOutIsNeitherThereNorUnknown() {
        ecosystem.init();

        JsonNode record = document("status", "exchange-okxNN", "--only", "volumes", "-o", "json");

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
        set("services:exchange-simulator:exchange-okxNN", HEALTHY);
        TestRedis redis = TestRedis.shared();
        ecosystem.init();
        try (Jedis admin = redis.connect()) {
            admin.aclSetUser("watcher", "on", ">s3cret", "~none", "+@all", "-scan", "-acl");
        }

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
        jedis.aclSetUser("watcher", "on", ">s3cret", "~*", "+@all", "-scan");

        JsonNode document = document(
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

        JsonNode record = document("status", "exchange-okxNN", "-o", "json");

        assertEquals("healthy", record.get("status").textValue(), record::toString);
        assertEquals(0, record.get("drift").intValue());
    }

    private void set(String key, String value) {
        jedis.set(ecosystem.numbered(key), ecosystem.numbered(value));
    }

    private JsonNode document(String... arguments) {
        return ecosystem.run(arguments).expect(0).json();
    }
}
