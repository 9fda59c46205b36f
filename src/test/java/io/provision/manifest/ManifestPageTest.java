package io.provision.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.provision.manifest.Shape.Either;
import io.provision.manifest.Shape.Fields;
import io.provision.manifest.Shape.Table;
import io.provision.naming.NamingRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code docs/manifest.md} tells of every key, and what it shows of all of them is a manifest. */
class ManifestPageTest {

    private String page;
    private String example;

    @BeforeEach
    void read() throws IOException {
        page = Files.readString(Path.of("docs/manifest.md"));
        example = page.substring(page.lastIndexOf("```yaml\n") + 8, page.lastIndexOf("```"));
    }

    @Test
    void everyKeyIsToldOf() {
        String told = page.substring(0, page.length() - example.length());

        assertEquals(List.of(), keys(Keys.ROOT).filter(key -> !hasWord(told, key)).toList());
    }

    @Test
    void everyRuleIsToldOf() {
        assertEquals(List.of(), Arrays.stream(NamingRule.values())
                .map(NamingRule::id)
                .filter(rule -> !page.contains("| `" + rule + "` |"))
                .toList());
    }

    @Test
    void theExampleHasEveryKey() {
        assertEquals(List.of(), keys(Keys.ROOT).filter(key -> !hasWord(example, key)).toList());
    }

    @Test
    void theExampleIsTaken() {
        ManifestText.manifest(example);
    }

    private static Stream<String> keys(Shape shape) {
        if (shape instanceof Fields fields) {
            return fields.keys().stream()
                    .flatMap(key -> Stream.concat(Stream.of(key.name()), keys(key.shape())))
                    .distinct();
        }
        if (shape instanceof Either either) {
            return either.shapes().stream().flatMap(ManifestPageTest::keys);
        }
        return shape instanceof Table table ? keys(table.values()) : Stream.empty();
    }

    private static boolean hasWord(String text, String word) {
        return Pattern.compile("\\b" + word + "\\b").matcher(text).find();
    }
}
