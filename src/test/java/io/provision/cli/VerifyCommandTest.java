package io.provision.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of the disk alone, which needs no server. */
class VerifyCommandTest {

    @TempDir
    private Path folder;

    @Test
    void inGithubActionsFindingsStandBesideTheInstancesLine() throws IOException {
        manifest();

        CommandRun run = CommandRun.in(folder, Map.of("GITHUB_ACTIONS", "true"), "verify", "--only", "volumes", "-q");

        assertEquals(4, run.code());
        List<String> errors = run.err().lines().filter(line -> line.startsWith("::error ")).toList();
        assertEquals(1, errors.size(), run::err);
        assertEquals("::error file=instances.yaml,line=7", errors.get(0).substring(0, 34));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "verify --probe some | some    | sample",
        "verify -o csv       | -o csv  | it writes text, json",
        "verify nobody       | nobody  | cache-A",
    })
    void whatItDoesNotKnowItSays(String words, String fault, String remedy) throws IOException {
        manifest();

        CommandRun run = CommandRun.in(folder, words.split(" "));

        assertEquals(2, run.code());
        assertEquals("true true", run.err().contains(fault) + " " + run.err().contains(remedy), run::err);
    }

    private void manifest() throws IOException {
        CommandRun.manifest(folder, """
                services:
                  cache-service: {volumes: {root: ./volumes}}
                instances:
                  cache-A: {service: cache-service}
                """);
    }
}
