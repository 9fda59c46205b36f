package io.provision.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.Golden;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    void whatCannotBeWrittenIsSaidInWordsAndNotInJavas() throws IOException {
        CommandRun.manifest(folder, TWO);
        Files.writeString(folder.resolve("out"), "a file");

        CommandRun run = CommandRun.in(folder, "render", "compose", "--to", "out");

        assertEquals(1, run.code());
        assertTrue(run.err().contains("error: reading out failed: not a folder\n"), run.err());
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
    void aSecondRenderingWritesNothing() throws IOException {
        CommandRun.manifest(folder, TWO);
        CommandRun.in(folder, "render", "all", "--to", "out");

        CommandRun run = CommandRun.in(folder, "render", "all", "--to", "out");

        assertEquals("", run.out());
        assertTrue(run.err().endsWith("nothing to write: out is as rendered\n"), run.err());
    }

    @Test
    void ofManyInstancesEachHasItsFileAndNoDraftIsLeft() throws IOException {
        CommandRun.manifest(folder, many(150));

        CommandRun run = CommandRun.in(folder, "render", "env", "--to", "out");

        assertEquals(0, run.code(), run.err());
        assertEquals(151, run.out().lines().count());
        assertEquals(151, filesBelow(folder.resolve("out/env")).size());
        assertEquals(List.of("env"), List.of(folder.resolve("out").toFile().list()));
        assertEquals(0, CommandRun.in(folder, "render", "env", "--check", "--to", "out").code());
    }

    @Test
    void inAFolderThatStandsManyFilesJoinWhatIsThere() throws IOException {
        CommandRun.manifest(folder, many(150));
        Files.createDirectories(folder.resolve("out/env"));
        Files.writeString(folder.resolve("out/env/own.env"), "OWN=1\n");

        CommandRun run = CommandRun.in(folder, "render", "env", "--to", "out");

        assertEquals(0, run.code(), run.err());
        assertEquals(152, filesBelow(folder.resolve("out/env")).size());
    }

    private static String many(int instances) {
        return "services: {cache-service: {}}\ninstances:\n" + IntStream.range(0, instances)
                .mapToObj("  cache-%d: {}\n"::formatted).collect(Collectors.joining());
    }

    @Test
    void aCheckOfWhatWasRenderedFindsNothing() throws IOException {
        CommandRun.manifest(folder, TWO);
        CommandRun.in(folder, "render", "all", "--to", "out");

        CommandRun run = CommandRun.in(folder, "render", "all", "--check", "--to", "out");

        assertEquals(0, run.code(), run.out());
        assertEquals("", run.out());
    }

    @Test
    void aHandEditIsShownAsADiffAndEndsWithThree() throws IOException {
        CommandRun.manifest(folder, TWO);
        CommandRun.in(folder, "render", "env", "--to", "out");
        Path file = folder.resolve("out/env/cache-A.env");
        Files.writeString(file, Files.readString(file).replace("SCHEMA_NAME=cache_a", "SCHEMA_NAME=mine"));

        CommandRun run = CommandRun.in(folder, "render", "env", "--check", "--to", "out");

        assertEquals(3, run.code());
        assertEquals("""
                --- env/cache-A.env
                +++ env/cache-A.env
                @@ -1,6 +1,6 @@
                 # generated by `provision render env`: change the manifest, not this file
                 REDIS_NAMESPACE=cache:A
                -SCHEMA_NAME=mine
                +SCHEMA_NAME=cache_a
                 SERVICE_INSTANCE_NAME=cache-A
                 SERVICE_NAME=cache-service
                 ENVIRONMENT=${ENVIRONMENT:-development}
                """, run.out());
        assertTrue(Files.readString(file).contains("SCHEMA_NAME=mine"));
    }

    @Test
    void aMissingLineEndIsADifferenceToo() throws IOException {
        CommandRun.manifest(folder, TWO);
        CommandRun.in(folder, "render", "env", "--to", "out");
        Path file = folder.resolve("out/env/passwords.sh");
        Files.writeString(file, Files.readString(file).stripTrailing());

        CommandRun run = CommandRun.in(folder, "render", "env", "--check", "--to", "out");

        assertEquals(3, run.code());
        assertTrue(run.out().contains("\n\\ No newline at end of file\n"), run.out());
    }

    @Test
    void anInstanceThatIsGoneTakesItsFileAlong() throws IOException {
        CommandRun.manifest(folder, TWO);
        CommandRun.in(folder, "render", "env", "--to", "out");
        Files.writeString(folder.resolve("out/env/own.env"), "MINE=1\n");
        CommandRun.manifest(folder, TWO.replace("  cache-B: {}\n", ""));

        CommandRun check = CommandRun.in(folder, "render", "env", "--check", "--to", "out");
        CommandRun run = CommandRun.in(folder, "render", "env", "--to", "out");

        assertEquals(3, check.code());
        assertTrue(check.out().contains("--- env/cache-B.env\n+++ /dev/null\n"), check.out());
        assertEquals("removed out/env/cache-B.env\n", run.out());
        assertFalse(Files.exists(folder.resolve("out/env/cache-B.env")));
        assertTrue(Files.exists(folder.resolve("out/env/own.env")));
    }

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

    @Test
    void whatKilledRendersLeftIsTidiedUpWhenNobodyCanBeWritingItAnyMore() throws IOException {
        CommandRun.manifest(folder, TWO);
        CommandRun.in(folder, "render", "env", "--to", "out");
        Path file = folder.resolve("out/env/cache-A.env");
        Path old = Files.createDirectory(folder.resolve("out/.provision17.draft"));
        Files.copy(file, old.resolve("cache-A.env"));
        Path oldFile = Files.copy(file, folder.resolve("out/env/.provision18.draft"));
        Path young = Files.copy(file, folder.resolve("out/env/.provision19.draft"));
        Path own = Files.createDirectory(folder.resolve("out/.provision"));
        for (Path each : List.of(old, oldFile, own)) {
            Files.setLastModifiedTime(each, FileTime.from(CommandRun.CLOCK.instant().minus(Duration.ofDays(2))));
        }
        Files.setLastModifiedTime(young, FileTime.from(CommandRun.CLOCK.instant()));

        CommandRun check = CommandRun.in(folder, "render", "env", "--check", "--to", "out");
        CommandRun run = CommandRun.in(folder, "render", "env", "--to", "out");

        assertEquals(0, check.code(), check.out());
        assertEquals("", run.out());
        assertEquals(List.of(false, false, true, true),
                Stream.of(old, oldFile, young, own).map(Files::exists).toList());
    }

    /** It would not fit into the memory of any Java. */
    @Test
    void somebodysLargeFileBesideWhatIsRenderedIsNotRead() throws IOException {
        CommandRun.manifest(folder, TWO);
        CommandRun.in(folder, "render", "env", "--to", "out");
        try (RandomAccessFile large = new RandomAccessFile(folder.resolve("out/env/core").toFile(), "rw")) {
            large.setLength(3L << 30);
        }

        assertEquals(0, CommandRun.in(folder, "render", "env", "--check", "--to", "out").code());
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
    void checkingNoFolderIsRefused() throws IOException {
        CommandRun.manifest(folder, TWO);

        CommandRun run = CommandRun.in(folder, "render", "all", "--check");

        assertEquals(2, run.code());
        assertTrue(run.err().contains("say which with --to DIR"), run.err());
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
