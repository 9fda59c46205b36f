package io.provision.render;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvValueTest {

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', value = {
        "plain:1, plain:1, plain:1",
        "two words, two words, 'two words'",
        "price $5, price $$5, 'price $5'",
        "it's, it's, \"it's\"",
        "it's \\ `a` \"$5\", it's \\ `a` \"$$5\", \"it's \\\\ \\`a\\` \\\"\\$5\\\"\"",
        "back\\slash, back\\slash, 'back\\slash'",
        "to\\, to\\, \"to\\\\\"",
        "$$, $$$$, '$$'",
    })
    void textStaysWhatItIsForEveryReader(String text, String forCompose, String forEnvFile) {
        assertReads(EnvValue.of(text), forCompose, forEnvFile);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', value = {
        "plain:1              | plain:1              | plain:1",
        "$$5                  | $$5                  | '$5'",
        "${A}                 | ${A}                 | ${A}",
        "$A/x                 | ${A}/x               | ${A}/x",
        "x${A:-b}y$${C}       | x${A:-b}y$${C}       | \"x${A:-b}y\\${C}\"",
        "${A:-${B:-c}}d       | ${A:-${B:-c}}d       | ${A:-${B:-c}}d",
        "${A:-say \"$$5\"}   | ${A:-say \"$$5\"}    | \"${A:-say \\\"\\$5\\\"}\"",
    })
    void aVariableOfTheManifestStaysOne(String written, String forCompose, String forEnvFile) {
        assertReads(EnvValue.ofWritten(written), forCompose, forEnvFile);
    }

    @Test
    void aReferenceIsFilledByTheReader() {
        EnvValue value = new EnvValue(List.of(
                new EnvValue.Part.Text("db://h/$x&y:"), EnvValue.required("SECRET", "set it")));

        assertReads(value, "db://h/$$x&y:${SECRET:?set it}", "\"db://h/\\$x&y:${SECRET:?set it}\"");
    }

    private static void assertReads(EnvValue value, String forCompose, String forEnvFile) {
        assertEquals(forCompose, value.forCompose());
        assertEquals(forEnvFile, value.forEnvFile());
    }
}
