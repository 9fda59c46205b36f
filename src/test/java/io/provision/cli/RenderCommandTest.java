package io.provision.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code provision render} makes of a manifest, whatever the target. */
class RenderCommandTest {

    private static final String TWO = """
            services: {cache-service: {}}
            instances:
              cache-A: {}
              cache-B: {}
            """;

    @TempDir
    private Path folder;

    @Test
    void theShippedManifestRendersToTheGoldenFiles() throws IOException {
        CommandRun.shipManifest(folder);

        CommandRun run = CommandRun.in(folder, "render", "all", "--to", "out");

        assertEquals(0, run.code(), run.err());
        List<Path> files = filesBelow(folder.resolve("out"));
        assertEquals(
                files.stream().map(file -> "written out/" + file).toList(), run.out().lines().sorted().toList());
        for (Path file : files) {
            Golden.assertSame("render/" + file, Files.readString(folder.resolve("out").resolve(file)));
        }
    }

    @Test
    void aTargetOfOneFileGoesToStandardOutput() throws IOException {
        CommandRun.shipManifest(folder);

        CommandRun run = CommandRun.in(folder, "render", "compose");

        assertEquals(0, run.code());
        Golden.assertSame("render/compose.provision.yml", run.out());
    }

    @Test
    void whatAVariableStandsForIsNotWrittenDown() throws IOException {
        CommandRun.manifest(folder, """
                services: {cache-service: {}}
                instances: {cache-A: {environment: {TOKEN: "${TOKEN_OF_A:?}", REGION: "${REGION:-eu}"}}}
                """);

        CommandRun run = CommandRun.in(folder, Map.of("TOKEN_OF_A", "hush"), "render", "all", "--to", "out");

        assertEquals(0, run.code(), run.err());
        for (Path file : filesBelow(folder.resolve("out"))) {
            assertFalse(Files.readString(folder.resolve("out").resolve(file)).contains("hush"), file.toString());
        }
        String compose = Files.readString(folder.resolve("out/compose.provision.yml"));
        assertTrue(compose.contains("TOKEN: ${TOKEN_OF_A:?}\n      REGION: ${REGION:-eu}\n")
                || compose.contains("REGION: ${REGION:-eu}\n      TOKEN: ${TOKEN_OF_A:?}\n"), compose);
        assertTrue(Files.readString(folder.resolve("out/env/cache-A.env")).contains("REGION=${REGION:-eu}\n"));
    }

    @Test
    void aTargetOfSeveralFilesWantsAFolder() throws IOException {
        CommandRun.manifest(folder, TWO);

        CommandRun run = CommandRun.in(folder, "render", "env");

        assertEquals(2, run.code());
        assertEquals("""
                error: `render env` makes 3 files
                    say where to with --to DIR
                """, run.err());
    }

    @Test
    void whatLiesElsewhereIsToldByItsWholePath() throws IOException {
        CommandRun.manifest(folder, """
                defaults:
                  volumes: {root: /srv/volumes}
                  postgres_password: {file: "/etc/it's/{instance}"}
                  redis_password: {file: "own/{instance}"}
                services: {cache-service: {}}
                instances: {cache-A: {}}
                """);

        CommandRun.in(folder, "render", "all", "--to", "out");

        assertTrue(Files.readString(folder.resolve("out/compose.provision.yml"))
                .contains("      - /srv/volumes/cache-A/data:/app/data\n"));
        String passwords = Files.readString(folder.resolve("out/env/passwords.sh"));
        assertTrue(passwords.contains("CACHE_A_POSTGRES_PASSWORD=$(provision_password '/etc/it'\\''s/cache-A')\n"));
        assertTrue(passwords.contains("CACHE_A_REDIS_PASSWORD=$(provision_password 'own/cache-A')\n"));
    }

    @Test
    void ofTwoTargetsThatFailTheFirstTellsItsFaultAndNothingIsWritten() throws IOException {
        CommandRun.manifest(folder, TWO.replace("cache-B: {}", "cache-B: {compose_service: provision, sql: nowhere}"));

        CommandRun sql = CommandRun.in(folder, "render", "sql");
        CommandRun all = CommandRun.in(folder, "render", "all", "--to", "out");

        assertTrue(sql.err().contains("nowhere"), sql.err());
        assertEquals(2, all.code());
        assertTrue(all.err().contains("is the compose service `provision`"), all.err());
        assertFalse(all.err().contains("nowhere"), all.err());
        assertFalse(Files.exists(folder.resolve("out")));
    }

    @Test
    void noPasswordIsRenderedAndNoneIsRead() throws IOException {
        CommandRun.manifest(folder, """
                defaults: {password: {env: CACHE_PASSWORD}, readers: {watcher: {password: {env: WATCHER_PASSWORD}}}}
                services: {cache-service: {}}
                instances: {cache-A: {}}
                """);
        Map<String, String> environment = Map.of("CACHE_PASSWORD", "hush-hush", "WATCHER_PASSWORD", "whisper");

        CommandRun.in(folder, environment, "render", "all", "--to", "out");
        CommandRun compose = CommandRun.in(folder, environment, "render", "compose");

        assertTrue(compose.out().contains("postgresql://cache_a_adapter:${CACHE_PASSWORD:?set it}@"), compose.out());
        assertTrue(compose.out().contains("WATCHER_PASSWORD: ${WATCHER_PASSWORD:?set it}"), compose.out());
        for (Path file : filesBelow(folder.resolve("out"))) {
            String text = Files.readString(folder.resolve("out").resolve(file));
            assertFalse(text.contains("hush-hush") || text.contains("whisper"), file.toString());
        }
    }

    private static List<Path> filesBelow(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).map(folder::relativize).sorted().toList();
        }
    }
}
