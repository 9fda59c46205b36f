package io.provision.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code docs} tells people to copy is at least what the tool and YAML understand. */
class DocsTest {

    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    private static final Pattern COMMAND = Pattern.compile("(?:`|run: |    - )provision ([a-z][^`\n]*)");

    @TempDir
    private Path folder;

    static Stream<String> commands() throws IOException {
        return all(COMMAND).distinct();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandIsOneOfTheTools(String command) {
        List<String> arguments = Stream.concat(Stream.of(command.split(" ")), Stream.of("--help")).toList();

        CommandRun run = CommandRun.in(folder, arguments.toArray(String[]::new));

        assertEquals(0, run.code(), run::err);
    }

    @Test
    void everySnippetIsYaml() throws IOException {
        List<String> snippets = all(YAML).toList();

        assertTrue(snippets.size() >= 3);
        for (String snippet : snippets) {
            assertTrue(new YAMLMapper().readTree(snippet).isObject(), snippet);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "derive", "derive --all-rules", "validate", "validate --effective", "grants provisioner", "add exchange-Kraken",
        "embedded status",
    })
    void everyKeyOfADocumentIsToldOf(String command) throws IOException {
        CommandRun.shipManifest(folder);
        String told = Files.readString(Path.of("docs/json.md"));

        CommandRun run = CommandRun.in(folder, (command + " -o json").split(" "));

        assertEquals(List.of(), keys(new YAMLMapper().readTree(run.out()))
                .filter(key -> !told.contains("`" + key + "`"))
                .toList(), run::err);
    }

    static Stream<Path> goldenDocuments() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/resources/golden"))) {
            return files.filter(file -> file.toString().endsWith(".json") && !file.toString().contains("/render/"))
                    .toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("goldenDocuments")
    void everyKeyOfAGoldenDocumentIsToldOf(Path golden) throws IOException {
        String told = Files.readString(Path.of("docs/json.md"));

        assertEquals(List.of(), keys(new YAMLMapper().readTree(golden.toFile()))
                .filter(key -> !told.contains("`" + key + "`"))
                .toList());
    }

    /** But those of maps whose keys are names of the manifest's own, or of rules. */
    private static Stream<String> keys(JsonNode document) {
        if (document.isArray()) {
            return document.valueStream().flatMap(DocsTest::keys).distinct();
        }
        return document.propertyStream().flatMap(entry -> Stream.concat(
                Stream.of(entry.getKey()),
                List.of("volumes", "rules").contains(entry.getKey()) ? Stream.empty() : keys(entry.getValue())));
    }

    private static Stream<String> all(Pattern pattern) throws IOException {
        try (Stream<Path> files = Files.list(Path.of("docs"))) {
            return files.filter(file -> file.toString().endsWith(".md")).toList().stream()
                    .map(DocsTest::read)
                    .flatMap(text -> pattern.matcher(text).results().map((MatchResult found) -> found.group(1)));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
