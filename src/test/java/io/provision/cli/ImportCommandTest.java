package io.provision.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.manifest.Instance;
import io.provision.manifest.ManifestReader;
import io.provision.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {

    /** What a person has in a running system: lists and maps, defaults, literal passwords, chance names. */
    private static final String BY_HAND = """
            version: "3.8"
            x-logging: &logging {driver: json-file}
            services:
              postgres: {image: "postgres:17-alpine"}
              exchange-simulator:
                image: exchange-simulator:latest
                logging: *logging
                ports: ["127.0.0.1:8082:8080", "9092:50051/tcp"]
                environment:
                  - SERVICE_NAME=exchange-simulator
                  - SERVICE_INSTANCE_NAME=exchange-OKX
                  - POSTGRES_URL=postgres://okx_adapter:hush-hush@172.20.0.20:5432/eco_db?sslmode=disable&password=hush-2
                  - REDIS_URL=redis://exchange-okx-adapter:hush-hush@172.20.0.10:6379/0
                volumes:
                  - ./state/exchange-OKX/data:/app/data
                  - ./certs:/certs:ro
                  - named:/var/lib/thing
              risk-lh:
                env_file: risk.env
                ports: [{target: 9000, published: "${RISK_PORT:-8085}"}]
                environment:
                  SERVICE_NAME: risk-monitor
                  SERVICE_INSTANCE_NAME: risk-monitor-LH
                  HTTP_PORT: 9000
                  RISK_ADAPTER_REDIS_NAMESPACE: risk:LH
                  RISK_ADAPTER_POSTGRES_URL: "postgresql+asyncpg://risk_monitor_lh_adapter:${PW:?say @ it}@172.20.0.20:5432/eco_db"
              risk-again:
                environment: {SERVICE_NAME: risk-monitor, SERVICE_INSTANCE_NAME: risk-monitor-LH}
              audit-correlator:
                environment: {SERVICE_NAME: "${AUDIT_NAME:-audit-correlator}", POSTGRES_URL: "${AUDIT_URL}"}
            """;

    @TempDir
    private Path folder;

    @Test
    void aFileWrittenByHandBecomesAManifestThatSaysWhatItCouldNotTell() throws IOException {
        Files.writeString(folder.resolve("docker-compose.yml"), BY_HAND);

        CommandRun run = CommandRun.in(folder, "import", "docker-compose.yml");

        assertEquals(0, run.code(), run.err());
        Golden.assertSame("import/by-hand.yaml", run.out());
        assertFalse(run.out().contains("hush"), run.out());
        Files.writeString(folder.resolve("instances.yaml"), run.out());
        assertEquals(0, CommandRun.in(folder, "validate").code());
    }

    @Test
    void whatComposeWasRenderedComesBackAsAnEquivalentManifest() throws IOException {
        CommandRun.shipManifest(folder);
        Files.writeString(folder.resolve("compose.yml"), CommandRun.in(folder, "render", "compose").out());
        List<Instance> before = instances(folder.resolve("instances.yaml"));

        Files.writeString(folder.resolve("again.yaml"), CommandRun.in(folder, "import", "compose.yml").out());
        List<Instance> after = instances(folder.resolve("again.yaml"));

        assertEquals(before.stream().map(Instance::identity).toList(), after.stream().map(Instance::identity).toList());
        assertEquals(before.stream().map(Instance::names).toList(), after.stream().map(Instance::names).toList());
        assertEquals(before.stream().map(Instance::ports).toList(), after.stream().map(Instance::ports).toList());
        assertEquals(before.stream().map(Instance::volumes).toList(), after.stream().map(Instance::volumes).toList());
        assertEquals(before.stream().map(Instance::composeService).toList(),
                after.stream().map(Instance::composeService).toList());
    }

    @Test
    void aManifestWithFaultsIsPrintedAndTheFaultsAreTold() throws IOException {
        Files.writeString(folder.resolve("compose.yml"), """
                services:
                  a: {ports: ["80:8080"], environment: {SERVICE_NAME: cache-service, SERVICE_INSTANCE_NAME: cache-A}}
                  b: {ports: ["80:8080"], environment: {SERVICE_NAME: cache-service, SERVICE_INSTANCE_NAME: cache-B}}
                """);

        CommandRun run = CommandRun.in(folder, "import", "compose.yml");

        assertEquals(2, run.code());
        assertTrue(run.out().contains("  cache-B: {service: cache-service, ports: {http: 80}"), run.out());
        assertTrue(run.err().contains("80"), run.err());
    }

    @Test
    void aDefaultWithinADefaultCounts() throws IOException {
        Files.writeString(folder.resolve("compose.yml"), """
                name: trading
                services:
                  a:
                    environment:
                      SERVICE_NAME: ${NAME:-${OTHER_NAME:-cache-service}}
                      POSTGRES_URL: ${URL:-postgres://cache_adapter:${PW:-hush}@${PGHOST:-db}:5432/eco}?sslmode=disable
                """);

        CommandRun run = CommandRun.in(folder, "import", "compose.yml");

        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().contains("service_url: postgresql://db:5432/eco?sslmode=disable\n"), run.out());
        assertTrue(run.out().contains("\n  cache-service: {"), run.out());
        assertFalse(run.out().contains("hush"), run.out());
    }

    /** SQLAlchemy calls {@code ssl} what everybody else calls {@code sslmode}; the manifest speaks for all. */
    @Test
    void whatAPythonServiceIsToldIsNoOtherPlace() throws IOException {
        Files.writeString(folder.resolve("compose.yml"), """
                services:
                  a:
                    environment:
                      SERVICE_NAME: cache-service
                      POSTGRES_URL: postgresql://cache_adapter:x@db:5432/eco?sslmode=require
                  b:
                    environment:
                      SERVICE_NAME: py-service
                      POSTGRES_URL: postgresql+asyncpg://py_adapter:x@db:5432/eco?ssl=require
                """);

        CommandRun run = CommandRun.in(folder, "import", "compose.yml");

        assertFalse(run.out().contains("Told differently"), run.out());
        assertTrue(run.out().contains("service_url: postgresql://db:5432/eco?sslmode=require\n"), run.out());
    }

    @Test
    void whatIsNotTakenOverIsTold() throws IOException {
        Files.writeString(folder.resolve("compose.yml"), """
                services:
                  cache:
                    extends: {file: base.yml, service: base}
                    ports: ["${PORT}:8080", "9000:9000", "8081:50051", "1-2:1-2", {published: 70, target: 71}]
                    volumes: ["named:/state", "./certs:/certs:ro", "./volumes/cache-service/data:/app/data"]
                    environment:
                      SERVICE_NAME: cache-service
                      SCHEMA_NAME: ${SCHEMA}
                      REDIS_NAMESPACE: ${NAMESPACE:-cache}
                      POSTGRES_URL: jdbc:postgresql://db:5432/eco?user=app&password=hush
                      ENVIRONMENT: ${ENVIRONMENT:-production}
                      LOG_LEVEL: info
                      JWT_SECRET: hush
                  nameless: {environment: {SERVICE_NAME: "${NAMELESS}"}}
                """);

        CommandRun run = CommandRun.in(folder, "import", "compose.yml");

        assertEquals(0, run.code(), run.err());
        assertFalse(run.out().contains("hush"), run.out());
        assertTrue(run.out().contains("# No SERVICE_NAME that this file tells, so no instance: nameless\n"), run.out());
        assertTrue(run.out().contains("  service_url: postgresql://db:5432/eco\n"), run.out());
        assertTrue(run.out().contains("""
                instances:
                  # it extends another service, which was not looked into
                  # SCHEMA_NAME is filled by a variable without a default: what stands here is derived
                  # compose alone has: ports ${PORT}:8080, 1-2:1-2, 70:71, 9000:9000; volumes at /certs, /state; \
                variables JWT_SECRET, LOG_LEVEL
                  cache-service: {ports: {grpc: 8081}, compose_service: cache, environment: {ENVIRONMENT: production}}
                """), run.out());
    }

    @Test
    void whatInstancesOfOneServiceDifferInIsSaidOfEach() throws IOException {
        Files.writeString(folder.resolve("compose.yml"), """
                services:
                  cache-a:
                    environment:
                      SERVICE_NAME: cache-service
                      SERVICE_INSTANCE_NAME: cache-A
                      A_SCHEMA_NAME: cache_a
                      A_REDIS_NAMESPACE: cache:A
                    volumes: ["./one/cache-A/data:/app/data", "/cache-A/logs:/app/logs"]
                  cache-b:
                    environment: {SERVICE_NAME: cache-service, SERVICE_INSTANCE_NAME: cache-B}
                    volumes: ["/cache-B/data/:/data"]
                """);

        CommandRun run = CommandRun.in(folder, "import", "compose.yml");

        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().contains("""
                services:
                  cache-service: {}

                instances:
                  # compose alone has: volumes at /app/logs
                  cache-A: {service: cache-service, adapter: {rule: python-data-adapter, env_prefix: A_}, volumes: \
                {root: ./one, dirs: [data], mount: {data: /app/data}}}
                  cache-B: {service: cache-service, volumes: {root: /, dirs: [data], mount: {data: /data}}}
                """), run.out());
    }

    private static List<Instance> instances(Path file) {
        return ManifestReader.load(List.of(file), Map.of()).manifest().instances();
    }
}
