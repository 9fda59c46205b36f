package io.provision.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code import} makes of files that are no docker-compose file, and of parts that none should have. */
class StrangeComposeFilesTest {

    @TempDir
    private Path folder;

    @Test
    void whatCannotBeReadIsSaidInWordsAndNotInJavas() {
        assertEquals(
                new CommandRun(2, "", """
                        .: error: it cannot be read: is a directory
                            name a docker-compose file
                        """),
                CommandRun.in(folder, "import", "."));
    }

    @Test
    void whatNeverEndsIsNotReadToItsEnd() {
        assumeTrue(Files.exists(Path.of("/dev/zero")), "no /dev/zero here");

        assertEquals(
                new CommandRun(2, "", """
                        /dev/zero: error: it cannot be read: it is longer than 16 MiB
                            name a docker-compose file
                        """),
                CommandRun.in(folder, "import", "/dev/zero"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "services: {a: {image: x}}; compose.yml: error: no service in it has a SERVICE_NAME",
        "services: [; compose.yml:2:1: error: this cannot be read as a docker-compose file",
        "just text; compose.yml: error: this cannot be read as a docker-compose file: it is no map",
        "services: !reset {}; compose.yml:1:11: error: this cannot be read as a docker-compose file",
    })
    void whatIsNoComposeFileOfTheEcosystemIsRefused(String text, String told) throws IOException {
        Files.writeString(folder.resolve("compose.yml"), text + "\n");

        CommandRun run = CommandRun.in(folder, "import", "compose.yml");

        assertEquals(2, run.code());
        assertTrue(run.err().startsWith(told), run.err());
    }

    @Test
    void aFileInAnotherEncodingIsSaidToBe() throws IOException {
        Files.write(folder.resolve("compose.yml"), "name: caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));

        assertEquals(
                new CommandRun(2, "", """
                        compose.yml: error: it cannot be read: it is not UTF-8
                            name a docker-compose file
                        """),
                CommandRun.in(folder, "import", "compose.yml"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "~: {image: x}",
        "? [b, c]\n  : {image: x}",
        "\"b\\Nc\": {image: x}",
        "b: {environment: {~: x, Y: ~, [a, b]: c}}",
        "b: {environment: [~, 7, {c: d}], ports: [~, {}], volumes: [~, {}, ':', '']}",
        "b: {environment: {B: &self [{c: *self}]}}",
        "b: {ports: ['0:8080', '65536:8080', '1-3:8080', '8080'], environment: {SERVICE_NAME: other-service}}",
    })
    void whatNoComposeFileShouldHaveDoesNotHinderTheRest(String service) throws IOException {
        assertImported(service);
    }

    /** Written out, it would be a text of a thousand million words. */
    @Test
    void anAliasBombDoesNotGoOff() throws IOException {
        String tenfold = IntStream.range(1, 10)
                .mapToObj(i -> ", V%1$d: &v%1$d [*v%2$d%3$s]".formatted(i, i - 1, ", *v%d".formatted(i - 1).repeat(9)))
                .collect(Collectors.joining());

        assertImported("b: {environment: {V0: &v0 [x]" + tenfold + "}}");
    }

    private void assertImported(String service) throws IOException {
        Files.writeString(folder.resolve("compose.yml"), """
                services:
                  cache-service: {environment: {SERVICE_NAME: cache-service}}
                  %s
                """.formatted(service));

        CommandRun run = CommandRun.in(folder, "import", "compose.yml");

        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().contains("\n  cache-service: {"), run.out());
    }
}
