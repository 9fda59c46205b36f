package io.provision.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddCommandTest {

    private static final String HEAD = """
            ecosystem: test
            redis: {url: embedded}
            services: {cache-service: {}, queue-worker: {stem: jobs}}
            """;

    @TempDir
    private Path folder;

    /** {@code |} stands for a line's end. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', value = {
        "instances:|  cache-A: {}|; instances:|  cache-A: {}|  cache-N: {service: cache-service}|",
        "instances:|  cache-A: {}; instances:|  cache-A: {}|  cache-N: {service: cache-service}|",
        "instances:|  cache-A: {} # first||# the end|"
                + ";instances:|  cache-A: {} # first|  cache-N: {service: cache-service}||# the end|",
        "instances:|    cache-A:|        ports:|            http: 81 # mine|    # more to come|"
                + ";instances:|    cache-A:|        ports:|            http: 81 # mine"
                + "|    cache-N: {service: cache-service}|    # more to come|",
        "instances:|  cache-A:|    readers:|    - watcher|    # nobody else||; instances:|  cache-A:|    readers:"
                + "|    - watcher|  cache-N: {service: cache-service}|    # nobody else||",
        "instances:|  cache-A: {|    ports: {http: 81}|    }|defaults: {}|; instances:|  cache-A: {"
                + "|    ports: {http: 81}|    }|  cache-N: {service: cache-service}|defaults: {}|",
        "instances:|  cache-A: &all {}|  cache-B: *all|; instances:|  cache-A: &all {}|  cache-B: *all"
                + "|  cache-N: {service: cache-service}|",
        "instances:|  cache-A: {readers: [&w watcher]}|  cache-B:|    readers:|    - *w|    # nobody else|"
                + ";instances:|  cache-A: {readers: [&w watcher]}|  cache-B:|    readers:|    - *w"
                + "|  cache-N: {service: cache-service}|    # nobody else|",
        "instances: &all|  cache-A: {}|...|; instances: &all|  cache-A: {}|  cache-N: {service: cache-service}|...|",
        "instances:|  cache-A: {environment: {A: ä}}|  cache-B:|    environment:|      A: >-|        one|        two||;"
                + "instances:|  cache-A: {environment: {A: ä}}|  cache-B:|    environment:|      A: >-|        one"
                + "|        two||  cache-N: {service: cache-service}|",
        "instances:|  cache-A:|defaults: {}|; instances:|  cache-A:|  cache-N: {service: cache-service}|defaults: {}|",
        "instances: # none yet|; instances: # none yet|  cache-N: {service: cache-service}|",
        "instances: {cache-A: {}}|; instances: {cache-N: {service: cache-service}, cache-A: {}}|",
        "instances: {}|; instances: {cache-N: {service: cache-service}}|",
    })
    void oneLineIsAddedAndEverythingElseStays(String before, String after) throws IOException {
        write(before.replace('|', '\n'));

        CommandRun run = CommandRun.in(folder, "add", "cache-N");

        assertEquals(0, run.code(), run.err());
        assertEquals(HEAD + after.replace('|', '\n'), Files.readString(file()));
    }

    @Test
    void ofSeveralAtOnceNoneFailsForTheOthers() throws IOException {
        write("instances:\n  cache-A: {}\n");

        List<CommandRun> runs = IntStream.range(0, 8).parallel()
                .mapToObj(i -> CommandRun.in(folder, "add", "cache-N" + i))
                .toList();

        assertTrue(runs.stream().allMatch(run -> run.code() == 0), runs::toString);
    }

    @Test
    void theShippedManifestGetsTheLineThatItsCommentShows() throws IOException {
        CommandRun.shipManifest(folder);
        int lines = Files.readAllLines(file()).size();

        CommandRun run = CommandRun.in(folder, "add", "exchange-Kraken");

        assertEquals("""
                instances.yaml:%s: exchange-Kraken: {service: exchange-simulator}
                schema exchange_kraken, namespace exchange:Kraken, role exchange_kraken_adapter; \
                `provision init exchange-Kraken` makes it
                """.formatted(lines + 1), run.out());
        assertEquals(0, CommandRun.in(folder, "validate").code());
    }

    @Test
    void windowsLineEndsPermissionsAndALinkStay() throws IOException {
        write("instances:\r\n  cache-A: {}\r\n");
        Path real = folder.resolve("real.yaml");
        Files.move(file(), real);
        Files.createSymbolicLink(file(), real);
        Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-rw----"));

        CommandRun.in(folder, "add", "cache-N");

        assertTrue(Files.readString(real).endsWith("\r\n  cache-N: {service: cache-service}\r\n"));
        assertTrue(Files.isSymbolicLink(file()));
        assertEquals("rw-rw----", PosixFilePermissions.toString(Files.getPosixFilePermissions(real)));
    }

    @Test
    void linesThatEndWithACarriageReturnAloneCountAsLines() throws IOException {
        String text = (HEAD + "instances:\n  cache-A: {}\ndefaults: {}\n").replace('\n', '\r');
        Files.writeString(file(), text);

        CommandRun run = CommandRun.in(folder, "add", "cache-N", "-o", "json");

        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().contains("\"line\": 6"), run.out());
        assertEquals(text.replace("defaults", "  cache-N: {service: cache-service}\rdefaults"),
                Files.readString(file()));
    }

    @Test
    void aByteOrderMarkStaysWhereItIs() throws IOException {
        String text = "\ufeff" + HEAD + "instances: {}";
        Files.writeString(file(), text);

        CommandRun.in(folder, "add", "cache-N");

        assertEquals(text.replace("instances: {}", "instances: {cache-N: {service: cache-service}}"),
                Files.readString(file()));
    }

    @Test
    void whoOwnsTheFileOwnsItStill() throws IOException {
        write("instances:\n  cache-A: {}\n");
        assumeTrue(Files.getOwner(file()).getName().equals("root"), "only root gives a file away");
        Files.setAttribute(file(), "unix:uid", 12_345);
        Files.setAttribute(file(), "unix:gid", 23_456);

        CommandRun.in(folder, "add", "cache-N");

        assertTrue(Files.readString(file()).contains("cache-N"));
        assertEquals(12_345, Files.getAttribute(file(), "unix:uid"));
        assertEquals(23_456, Files.getAttribute(file(), "unix:gid"));
    }

    @Test
    void aSingletonAndANamedServiceAreWrittenAsShortAsTheyCanBe() throws IOException {
        write("instances:\n  cache-A: {}\n");

        CommandRun.in(folder, "add", "queue-worker");
        CommandRun.in(folder, "add", "cache-N", "--service", "cache-service");

        assertEquals(HEAD + """
                instances:
                  cache-A: {}
                  queue-worker: {}
                  cache-N: {service: cache-service}
                """, Files.readString(file()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "cache-A; the key `cache-A` is written twice",
        "cache-a; cache_a",
        "nothing-N; does not say its service",
        "cache_; `cache_`",
        "'x: {}, y'; is not an instance's name",
        "cache-N --service Bad; is not a service's name",
        "cache-N --service other-service; which `services` does not list",
    })
    void whatCollidesOrIsNoNameIsRefusedAndNothingIsWritten(String name, String told) throws IOException {
        write("instances:\n  cache-A: {}\n");
        String before = Files.readString(file());

        CommandRun run = CommandRun.in(folder, ("add " + name).split(" (?=--)|(?<=--service) |(?<=^add) "));

        assertEquals(2, run.code());
        assertTrue(run.err().contains(told), run.err());
        assertEquals(before, Files.readString(file()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', value = {
        "instances: [cache-A]|; `instances` is a list",
        "instances: none|; `instances` is a single value",
        "; `instances` is missing",
        "defaults: &all {}|instances: *all|; `instances` lists none",
        "instances: {}|---|instances: {}|; a second YAML document begins here",
        "instances: [|; this is not YAML",
    })
    void whereNothingCanBeAddedIsToldAndNothingIsWritten(String instances, String told) throws IOException {
        write(instances == null ? "" : instances.replace('|', '\n'));
        String before = Files.readString(file());

        CommandRun run = CommandRun.in(folder, "add", "cache-N");

        assertEquals(2, run.code());
        assertTrue(run.err().contains(told), run.err());
        assertEquals(before, Files.readString(file()));
    }

    @Test
    void ofSeveralFilesTheFirstThatListsInstancesGetsIt() throws IOException {
        write("");
        Path more = folder.resolve("more.yaml");
        Files.writeString(more, "instances:\n  cache-A: {}\n");

        CommandRun run = CommandRun.in(
                folder, "add", "cache-N", "-f", "instances.yaml", "-f", "more.yaml", "-o", "json");

        assertEquals(0, run.code(), run.err());
        assertEquals("""
                {
                  "instance": "cache-N",
                  "service": "cache-service",
                  "file": "more.yaml",
                  "line": 3
                }
                """, run.out());
    }

    private Path file() {
        return folder.resolve("instances.yaml");
    }

    private void write(String instances) throws IOException {
        Files.writeString(file(), HEAD + instances);
    }
}
