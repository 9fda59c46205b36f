package io.provision.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code provision render compose} makes of names, variables and URLs. */
class RenderComposeTest {

    private static final String TWO = """
            services: {cache-service: {}}
            instances:
              cache-A: {}
              cache-B: {}
            """;

    @TempDir
    private Path folder;

    @Test
    void theToolsOwnComposeServiceIsNobodyElses() throws IOException {
        CommandRun.manifest(folder, TWO.replace("cache-B: {}", "cache-B: {compose_service: provision}"));

        CommandRun run = CommandRun.in(folder, "render", "compose");

        assertEquals(2, run.code());
        assertEquals("""
                instances.yaml:7:3: error: instance `cache-B` is the compose service `provision`, which is the tool's own
                    set `compose_service` for it
                """, run.err());
    }

    /** Compose fills what a dollar begins, and divides a volume at its colons. */
    @Test
    void namesOfFilesWithDollarsAndColonsReachComposeWhole() throws IOException {
        Files.writeString(folder.resolve("a$b.yaml"), """
                ecosystem: test
                redis: {url: embedded}
                defaults: {volumes: {root: "./c:$$d"}}
                """ + TWO);

        CommandRun run = CommandRun.in(folder, "render", "compose", "-f", "a$b.yaml");

        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().contains("      - a$$b.yaml\n"), run.out());
        assertTrue(run.out().contains("""
                      - type: bind
                        source: ./c:$$d/cache-A/data
                        target: /app/data
                """), run.out());
    }

    /** Without them the tool could not read the manifest in its container. */
    @Test
    void theToolsOwnServiceIsGivenEveryVariableThatTheManifestNamesWhateverIsSetHere() throws IOException {
        CommandRun.manifest(folder, """
                defaults: {environment: {TOKEN: "${TOKEN_OF_A:-${OTHER_TOKEN:-$THIRD}} $$NONE ${REDIS_URL:-x}"}}
                services: {cache-service: {}}
                instances: {cache-A: {}}
                """);

        CommandRun unset = CommandRun.in(folder, Map.of("THIRD", "3"), "render", "compose");
        CommandRun set = CommandRun.in(folder, Map.of("TOKEN_OF_A", "1"), "render", "compose");

        assertEquals(unset.out(), set.out());
        assertTrue(set.out().contains("""
                      REDIS_URL: ${PROVISION_REDIS_URL:?the URL by which provision logs in to Redis}
                      OTHER_TOKEN: ${OTHER_TOKEN:-}
                      THIRD: ${THIRD:-}
                      TOKEN_OF_A: ${TOKEN_OF_A:-}
                    volumes:
                """), set.out());
    }

    /** Compose would want a variable to be set that nobody reads. */
    @Test
    void aUrlThatTheManifestTakesFromNoVariableIsAskedOfNobody() throws IOException {
        Files.writeString(folder.resolve("instances.yaml"), """
                ecosystem: test
                postgres: {url: "postgresql://admin@postgres/eco"}
                redis: {url: "${CACHE_URL:?}"}
                """ + TWO);

        CommandRun run = CommandRun.in(folder, Map.of("CACHE_URL", "redis://redis"), "render", "compose");

        assertEquals(0, run.code(), run.err());
        assertFalse(run.out().contains("PROVISION_POSTGRES_URL"), run.out());
        assertFalse(run.out().contains("PROVISION_REDIS_URL"), run.out());
        assertTrue(run.out().contains("      CACHE_URL: ${CACHE_URL:-}\n"), run.out());
    }
}
