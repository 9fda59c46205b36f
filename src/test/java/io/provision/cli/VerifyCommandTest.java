package io.provision.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
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
        "verify --report a.doc | a.doc | .xml (JUnit), .md or .html",
    })
    void whatItDoesNotKnowItSays(String words, String fault, String remedy) throws IOException {
        manifest();

        CommandRun run = CommandRun.in(folder, words.split(" "));

        assertEquals(2, run.code());
        assertEquals("true true", run.err().contains(fault) + " " + run.err().contains(remedy), run::err);
    }

    @Test
    void oneRunWritesEachFormThatIsAskedFor() throws IOException {
        manifest();

        CommandRun run = CommandRun.in(folder, "verify", "--only", "volumes", "-q", "--report", "v.xml", "--report",
                "v.md", "--report", "v.html", "--report", "v.json", "-o", "junit");

        assertEquals(4, run.code());
        assertTrue(run.out().startsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?><testsuites "), run::out);
        assertTrue(read("v.xml").contains("<testcase classname=\"cache-A\" name=\"folder\"><failure message="));
        assertTrue(read("v.md").startsWith("## ❌ The gate stays shut"));
        assertTrue(read("v.html").startsWith("<!DOCTYPE html>"));
        assertTrue(read("v.json").startsWith("{\n  \"ok\": false"));
    }

    @Test
    void aReportThatCannotBeWrittenOpensNoGate() throws IOException {
        manifest();
        Files.createDirectories(folder.resolve("volumes/cache-A"));

        CommandRun run = CommandRun.in(folder, "verify", "--only", "volumes", "--report", "no/such/v.html");

        assertEquals(1, run.code());
        assertTrue(run.err().contains("the report could not be written to no/such/v.html"), run::err);
    }

    private String read(String name) throws IOException {
        return Files.readString(folder.resolve(name));
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
