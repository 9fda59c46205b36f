package io.provision.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.provision.manifest.Instance;
import io.provision.manifest.Manifest;
import io.provision.testing.Program;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Docker compose itself reads what is rendered, laid over a file of the ecosystem's shape. */
@Tag("full")
class ComposeConsumerTest {

    private static final String CONFIG = "docker-compose -f docker-compose.yml -f compose.provision.yml config";
    private static final Map<String, String> LOGINS = Map.of(
            "PROVISION_POSTGRES_URL", "postgresql://admin@postgres/trading_ecosystem",
            "PROVISION_REDIS_URL", "redis://redis:6379");

    @TempDir
    private Path folder;

    @BeforeEach
    void render() throws IOException {
        Program.assumeInstalled("docker-compose");
        try (InputStream base = getClass().getResourceAsStream("docker-compose.yml")) {
            Files.copy(base, folder.resolve("docker-compose.yml"));
        }
        Files.createDirectory(folder.resolve("audit-correlator")); // which it builds from
    }

    @Test
    void theOverrideIsAcceptedOverTheEcosystemsFile() throws IOException {
        Manifest manifest = Rendered.shipped();
        JsonNode services = config(manifest).get("services");

        JsonNode audit = services.get("audit-correlator");
        JsonNode variables = audit.get("environment");
        assertEquals("info", variables.get("LOG_LEVEL").textValue());
        assertEquals("service_healthy", audit.at("/depends_on/redis/condition").textValue());
        assertEquals("service_started", services.at("/exchange-okx/depends_on/redis/condition").textValue());
        for (Instance instance : manifest.instances()) {
            JsonNode service = services.get(instance.composeService());
            assertEquals(instance.names().schema(), service.at("/environment/SCHEMA_NAME").textValue());
            assertEquals("service_completed_successfully", service.at("/depends_on/provision/condition").textValue());
            assertEquals("CMD-SHELL", service.at("/healthcheck/test/0").textValue());
            service.get("ports").forEach(port -> assertTrue(port.textValue().startsWith("127.0.0.1:"), port::toString));
            assertTrue(service.get("volumes").toString().contains(
                    folder + "/volumes/" + instance.name() + "/data:/app/data:rw"), service::toString);
        }
    }

    @Test
    void thePasswordsThatTheScriptSetsArriveWholeWhateverIsInThem() throws IOException {
        JsonNode services = config(Rendered.shipped()).get("services");

        assertEquals("postgresql://audit_adapter:%70%40%73%73%2f%24%27%20%78@postgres:5432/trading_ecosystem",
                services.at("/audit-correlator/environment/POSTGRES_URL").textValue());
        assertEquals("redis://trading-system-lh-adapter:%70%40%73%73%2f%24%27%20%78@redis:6379/0",
                services.at("/trading-system-lh/environment/TRADING_SYSTEM_ADAPTER_REDIS_URL").textValue());
    }

    @Test
    void withoutThePasswordsItSaysWhereTheyComeFrom() throws IOException {
        Rendered.into(folder, Rendered.shipped(), RenderTarget.COMPOSE);

        Program config = Program.run(folder, LOGINS, List.of("sh", "-c", CONFIG));

        assertEquals(1, config.code());
        assertTrue(config.said().contains("source env/passwords.sh"), config.said());
    }

    @Test
    void whatThatManifestSaysWithDollarsAndQuotesArrivesAsItIs() throws IOException {
        Manifest manifest = Rendered.manifest(folder, """
                ecosystem: test
                postgres: {url: "postgresql://postgres/eco"}
                redis: {url: "redis://redis:6379"}
                services: {cache-service: {}}
                instances:
                  cache-A:
                    environment: {GREETING: "$${name}: it's \\"$$5\\" # no comment", YES: "yes", NUMBER: "010"}
                """);

        JsonNode variables = config(manifest).at("/services/cache-a/environment");

        // What compose prints can be read by compose again: a dollar is doubled.
        assertEquals("$${name}: it's \"$$5\" # no comment", variables.get("GREETING").textValue());
        assertEquals("yes", variables.get("YES").textValue());
        assertEquals("010", variables.get("NUMBER").textValue());
    }

    @Test
    void aFolderWithAColonIsMountedWhole() throws IOException {
        Manifest manifest = Rendered.manifest(folder, """
                ecosystem: test
                postgres: {url: "postgresql://postgres/eco"}
                redis: {url: "redis://redis:6379"}
                defaults: {volumes: {root: "c:d"}}
                services: {cache-service: {}}
                instances: {cache-A: {}}
                """);

        JsonNode volume = config(manifest).at("/services/cache-a/volumes/0");

        assertTrue(volume.toString().contains(folder + "/c:d/cache-A/data"), volume::toString);
    }

    @Test
    void anEnvFileWithAnApostropheIsReadWhole() throws IOException {
        Manifest manifest = Rendered.manifest(folder, """
                ecosystem: test
                redis: {url: "redis://redis:6379"}
                services: {cache-service: {}}
                instances: {cache-A: {environment: {GREETING: "it's \\"here\\"", CODE: "0899"}}}
                """);
        Rendered.into(folder, manifest, RenderTarget.ENV);
        Files.writeString(folder.resolve("docker-compose.yml"), """
                version: "3.8"
                services: {a: {image: a, env_file: env/cache-A.env}}
                """);

        Program config = Program.run(folder, Map.of(), List.of("docker-compose", "config"));

        assertEquals(0, config.code(), config.said());
        JsonNode variables = new YAMLMapper().readTree(config.said()).at("/services/a/environment");
        assertEquals("it's \"here\"", variables.get("GREETING").textValue());
        assertEquals("cache_a", variables.get("SCHEMA_NAME").textValue());
    }

    /** What compose makes of it in a shell that has sourced the passwords, one of which has everything in it. */
    private JsonNode config(Manifest manifest) throws IOException {
        Rendered.into(folder, manifest, RenderTarget.COMPOSE, RenderTarget.ENV);
        Path secrets = Files.createDirectories(folder.resolve(".provision/secrets"));
        for (Instance instance : manifest.instances()) {
            Files.writeString(secrets.resolve(instance.name()), "p@ss/$' x\nnot the password\n");
        }

        Program config = Program.run(folder, LOGINS,
                List.of("sh", "-euc", ". env/passwords.sh; " + CONFIG));

        assertEquals(0, config.code(), config.said());
        return new YAMLMapper().readTree(config.said());
    }
}
