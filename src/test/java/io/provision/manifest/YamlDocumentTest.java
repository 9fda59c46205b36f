package io.provision.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.problem.ExitCode;
import io.provision.problem.ProvisionException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that are no manifest at all, and what is told of them. */
class YamlDocumentTest {

    @TempDir
    private Path folder;

    @Test
    void aMissingFileIsAUsageErrorThatNamesTheOption() {
        Path missing = folder.resolve("instances.yaml");
        ProvisionException thrown = Assertions.assertThrows(ProvisionException.class,
                () -> ManifestReader.load(List.of(missing), Map.of()));
        assertEquals(ExitCode.USAGE, thrown.exitCode());
        assertEquals(missing + ": there is no manifest of this name — name the manifest with -f FILE",
                thrown.getMessage());
    }

    @Test
    void aFolderIsNoManifest() {
        assertEquals(List.of(folder + ": the manifest cannot be read: it is a folder — name the manifest with -f FILE"),
                faults(folder));
    }

    @Test
    void whyAFileCannotBeReadIsSaidInWords() throws IOException {
        Path below = Files.createFile(folder.resolve("file")).resolve("m.yaml");
        assertEquals(List.of(below + ": the manifest cannot be read: not a directory — make it readable for the user "
                + "that runs this"), faults(below));
    }

    @Test
    void aFileBeyondSixteenMebibytesIsNotRead() throws IOException {
        Path file = folder.resolve("m.yaml");
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(SourceFile.LIMIT + 1L);
        }
        assertEquals(List.of(file + ": the manifest is larger than 16 MiB, which no manifest is — divide it into "
                + "several files, each given with -f"), faults(file));
    }

    @ParameterizedTest
    @CsvSource({"ISO-8859-1, 2:15", "UTF-16, 1:1"})
    void anotherEncodingIsToldWhereItShows(String charset, String place) throws IOException {
        Path file = folder.resolve("m.yaml");
        Files.write(file, "instances: {}\necosystem: caf\u00e9\n".getBytes(Charset.forName(charset)));
        assertEquals(List.of(file + ":" + place + ": the manifest is not UTF-8 here — save it as UTF-8"),
                faults(file));
    }

    @Test
    void aByteOrderMarkIsPassedOver() throws IOException {
        Path file = folder.resolve("m.yaml");
        Files.writeString(file, "\uFEFFecosystm: x");
        assertTrue(faults(file).stream().anyMatch(fault -> fault.contains(":1:1: unknown key `ecosystm`")),
                faults(file)::toString);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "''                               | m1.yaml: the manifest is empty",
        "'# nothing but a comment'        | m1.yaml: the manifest is empty",
        "'~'                              | m1.yaml: the manifest is empty",
        "'a: b\\n---\\nc: d'              | m1.yaml:3:1: a second YAML document begins here",
        "'a: {b: c'                       | m1.yaml:1:9: this is not YAML: expected ',' or '}', but got <stream end>",
        "'a:\\n\\tb: c'                   | m1.yaml:2:1: there is a tab",
        "'a:\\tb'                         | m1.yaml:1:3: there is a tab",
        "'a: *b'                          | m1.yaml:1:4: this is not YAML: found undefined alias b",
        "'a: &a [*a]'                     | m1.yaml:1:4: an alias refers to what it stands in",
        "'a: {b: ${C}}'                   | m1.yaml:1:9: this is not YAML: expected ',' or '}', but got {",
        "'a: b\\u0000'                    | m1.yaml:1:5: there is a character that YAML does not take (code 0)",
        "'a: \"x\\ud83dy\"'              | m1.yaml:1:4: there is half of a character (\\ud83d)",
        "'\"\\ude80\": a'                | m1.yaml:1:1: there is half of a character (\\ude80)",
        "'just text'                      | m1.yaml:1:1: the manifest is a single value",
    })
    void whatIsNoManifestIsToldAtItsPlace(String manifest, String expected) {
        String text = manifest.replace("\\n", "\n").replace("\\t", "\t").replace("\\u0000", "\0");
        List<String> problems = ManifestText.errors(text);
        assertTrue(problems.stream().anyMatch(problem -> problem.startsWith(expected)), problems::toString);
    }

    @Test
    void aVariableInBracesIsToldToWantQuotes() {
        assertTrue(ManifestText.errors("postgres: {url: ${URL}}").get(0)
                .endsWith("inside { } and [ ] a variable wants quotes: \"${NAME}\""));
    }

    @Test
    void aWholeCharacterInTwoEscapesIsTaken() {
        assertInstanceOf(Value.Mapping.class, document("\"a\\ud83d\\ude80\": \"\\ud83d\\ude80\""));
    }

    @Test
    void everyLineWithATabIsTold() {
        assertEquals(2, ManifestText.errors("a:\n\tb: c\n\td: e # a\ttab in a comment is nobody's business\n").size());
    }

    @Test
    void aTabInQuotesOrInACommentIsTaken() {
        assertInstanceOf(Value.Mapping.class, document("a: \"x\ty\" #\tz"));
    }

    @Test
    void anAliasBombIsDefused() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 64; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        List<String> problems = ManifestText.errors(bomb.toString());
        assertTrue(problems.stream().anyMatch(problem -> problem.contains("aliases blow this up to millions")),
                problems::toString);
    }

    @Test
    void aMappingNestedBeyondReasonIsToldAndNotFollowed() {
        List<String> problems = ManifestText.errors("a: " + "[".repeat(10_000) + "]".repeat(10_000));
        assertTrue(problems.get(0).startsWith("m1.yaml: this is not YAML that can be read: Nesting Depth"),
                problems::toString);
    }

    private static Value document(String text) {
        SourceFile source = new SourceFile("m.yaml", text.getBytes(StandardCharsets.UTF_8), text);
        return YamlDocument.read(source, new Variables(Map.of(), new Faults()), new Faults());
    }

    private static List<String> faults(Path file) {
        Reading reading = ManifestReader.read(List.of(file), Map.of());
        return assertInstanceOf(Reading.Faulty.class, reading).problems().stream().map(Object::toString).toList();
    }
}
