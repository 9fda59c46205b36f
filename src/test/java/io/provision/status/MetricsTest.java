package io.provision.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.Golden;
import io.provision.testing.Program;
import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run's figures, for Prometheus' textfile collector: {@code --metrics FILE}. */
class MetricsTest {

    @TempDir
    private Path folder;

    private TestEcosystem ecosystem;

    @BeforeEach
    void twoInstances() {
        ecosystem = TestEcosystem.in(folder).manifest("""
                services:
                  exchange-simulator: {}
                instances:
                  exchange-okxNN: {service: exchange-simulator}
                  exchange-binanceNN: {service: exchange-simulator}
                """);
    }

    @Test
    void ofAPlanAreTheDriftOfEachInstance() throws IOException {
        assertEquals(0, ecosystem.run("plan", "exchange-okxNN", "--metrics", "run.prom").exitCode());

        Golden.assertSame("metrics/plan.prom", masked());
    }

    @Test
    void ofARunAreItsChangesByKind() throws IOException {
        ecosystem.init("--metrics", "run.prom");

        Golden.assertSame("metrics/init.prom", masked());
    }

    @Test
    void ofAVerificationAreTheFaultsOfEachInstanceAndTheBreaches() throws IOException {
        ecosystem.init();
        ecosystem.execute("GRANT USAGE ON SCHEMA exchange_okxNN TO exchange_binanceNN_adapter");

        Ran verify = ecosystem.run("verify", "--only", "postgres", "--metrics", "run.prom");

        assertEquals(4, verify.exitCode(), verify::toString);
        Golden.assertSame("metrics/verify.prom", masked());
    }

    @ParameterizedTest
    @ValueSource(strings = {"plan", "init", "verify", "status", "rollback --yes", "rotate exchange-okxNN --yes"})
    void ofARunThatReachesNoServerIsThatItFailed(String command) throws IOException {
        List<String> words = List.of(command.split(" "));

        Ran ran = ecosystem.connectingAs("postgresql://nobody@127.0.0.1:1/none").run(Stream.concat(
                words.stream(), Stream.of("--metrics", "run.prom")).toArray(String[]::new));

        assertEquals(5, ran.exitCode(), ran::toString);
        Golden.assertSame("metrics/failed.prom", masked().replace(words.get(0), "COMMAND"));
    }

    @Test
    void whereNothingWasTriedTheFileStaysAsItWas() {
        ecosystem.run("plan", "--metrics", "run.prom");
        String before = ecosystem.read("run.prom");

        assertEquals(2, ecosystem.run("plan", "no-such-instance", "--metrics", "run.prom").exitCode());

        assertEquals(before, ecosystem.read("run.prom"));
    }

    @Test
    void everybodyMayReadTheFileAndNoDraftIsLeft() throws IOException {
        ecosystem.run("plan", "--metrics", "collector/run.prom");
        assertFalse(ecosystem.stands("collector"));
        Files.createDirectory(folder.resolve("collector"));

        ecosystem.run("plan", "--metrics", "collector/run.prom");

        Path file = folder.resolve("collector/run.prom");
        assertEquals("rw-r--r--", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertEquals(List.of(file), files.toList());
        }
    }

    @Test
    void whereTheFileCannotBeWrittenTheRunStands() {
        Ran ran = ecosystem.run("init", "--metrics", "nowhere/run.prom");

        assertEquals(0, ran.exitCode(), ran::toString);
        assertTrue(ran.err().contains("the metrics could not be written"), ran::toString);
    }

    @Tag("full")
    @ParameterizedTest
    @ValueSource(strings = {"plan", "init", "verify", "status"})
    void promtoolHasNothingToSay(String command) {
        Program.assumeInstalled("promtool");
        ecosystem.run(command, "--metrics", "run.prom");

        Program checked = Program.run(
                folder, Map.of(), List.of("sh", "-c", "promtool check metrics < run.prom"));

        assertEquals(0, checked.code(), checked.said());
        assertEquals("", checked.said());
    }

    private String masked() {
        return (ecosystem.read("run.prom") + "\n").replace(ecosystem.numbered("NN"), "NNNNN")
                .replaceAll("(timestamp_seconds\\{.*} )\\d{10}\n", "$1WHEN\n")
                .replaceAll("(duration_seconds\\{.*} )\\d+\\.\\d{3}\n", "$1HOW_LONG\n");
    }
}
