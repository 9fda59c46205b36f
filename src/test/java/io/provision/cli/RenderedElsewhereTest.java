package io.provision.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Same manifest, same bytes: what one machine rendered, the check on another one finds unchanged. */
class RenderedElsewhereTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void render() throws IOException {
        CommandRun.shipManifest(folder);
        CommandRun.in(folder, "render", "all", "--to", "out");
    }

    @Test
    void anotherLocaleTimeZoneAndEncodingGiveTheSameBytes() throws Exception {
        // Arabic has digits of its own, Turkish an i of its own; day and year differ there.
        assertSameWith(Path.of(System.getProperty("java.home")), "-Duser.language=ar", "-Duser.country=EG",
                "-Duser.timezone=Pacific/Kiritimati", "-Dfile.encoding=ISO-8859-1");
        assertSameWith(Path.of(System.getProperty("java.home")), "-Duser.language=tr", "-Duser.country=TR");
    }

    @Test
    @Tag("full")
    void everyOtherJavaOfThisMachineGivesTheSameBytes() throws Exception {
        List<Path> others = otherJavas();
        assumeFalse(others.isEmpty(), "skipped: there is one Java here");
        for (Path home : others) {
            assertSameWith(home);
        }
    }

    private static List<Path> otherJavas() throws IOException {
        Path all = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(all)) {
            return List.of();
        }
        String own = System.getProperty("java.version");
        try (Stream<Path> homes = Files.list(all)) {
            return homes.filter(home -> Files.isExecutable(home.resolve("bin/java")))
                    .filter(home -> Files.isReadable(home.resolve("release")))
                    .filter(home -> !release(home).contains('"' + own + '"'))
                    .toList();
        }
    }

    private static String release(Path home) {
        try {
            return Files.readString(home.resolve("release"));
        } catch (IOException e) {
            return "";
        }
    }

    private void assertSameWith(Path home, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(home.resolve("bin/java").toString(), "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.provision.cli.Main",
                "render", "all", "--check", "--to", "out"));
        Path said = folder.resolve("said");
        int code = new ProcessBuilder(command).directory(folder.toFile())
                .redirectErrorStream(true).redirectOutput(said.toFile()).start().waitFor();
        assertEquals(0, code, Files.readString(said));
        assertTrue(Files.readString(said).contains(" as rendered in out"), Files.readString(said));
    }
}
