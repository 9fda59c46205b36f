package io.provision.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SnakeYAML itself tells what is right. */
class BlockYamlTest {

    private static final List<String> PIECES = List.of(
            "a", "exchange-OKX", "127.0.0.1", ":", ": ", " ", "#", " #", "-", "- ", "?", "{", "}", "[", ",", "&", "*",
            "!", "|", ">", "'", "\"", "%", "@", "`", "=", "<<", "~", "$", "\\", "/", ".", "./", "_", "0", "8080",
            "1:30", "1e3", "0x1f", "2026-11-21", "true", "No", "y", "null", ".inf", "---", "...", "\t", "\u00e4",
            "\u0085", "\u2028", "\ud83d\ude80", "\u0001", "\ufeff", "${NAME:?set it}");

    @ParameterizedTest
    @ValueSource(strings = {
        "", " ", "exchange-OKX", "exchange:OKX", "a: b", "a:", "a #b", "a#b", "#a", "-", "-a", "- a", "--- a", "...",
        "../x", "./volumes:/app", "./", "./a: b", "./a #b", "./a ", "./:", "./\u00e4", "8080", "0o17",
        "1_000", "127.0.0.1:8083:8080", "12:30:45", "1.5", ".5", "1e3", "2026-11-21",
        "true", "True", "no", "ON", "off", "n", "Y", "null", "NULL", "~", "=", "<<", "yes please", "nulls", "falsee",
        "${A:?set it}", "{a}", "a{b", "a, b", "[a", "%a", "@a", "`a", "'a'", "it's", "\"a\"", "\\", "\u00e4rger", "\t",
        "a\tb", "a ", " a", "vector(1)", "!x", "&x", "*x", "|", ">", "?", "? a", "?a", ":", ":a", "15s",
        "1+0x40", "_", "/"})
    void aTextIsWrittenAsSnakeYamlWritesIt(String text) {
        Object document = Map.of("key", text, "list", List.of(text));

        assertEquals(Optional.of(YamlText.block().dump(document)), written(document));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a: b", "8080", "plain", "true", "a #b", "-", "it's", "name with blanks",
        "\u00e4"})
    void aKeyIsWrittenAsSnakeYamlWritesIt(String key) {
        Object document = Map.of(key, "value");

        assertEquals(YamlText.block().dump(document), YamlText.of(document));
    }

    /** Docker compose reads these as numbers and dates of YAML 1.2, which SnakeYAML, of YAML 1.1, would leave plain. */
    @ParameterizedTest
    @ValueSource(strings = {
        "0899", "+089", "089.5", "08e1", "0o17", "-0O17", "0X1F", "0B11", "2024-5-1", "2024-5-1T1:2:3Z", "="})
    void whatSomeReaderTakesForNoTextIsQuoted(String text) {
        assertEquals("key: '" + text + "'\n", YamlText.of(Map.of("key", text)));
        assertEquals("{'" + text + "': '" + text + "'}", YamlText.flow(Map.of(text, text)));
    }

    @Test
    void whatTakesSeveralLinesIsLeftToSnakeYaml() {
        Object document = Map.of("key", "one\ntwo\n");

        assertTrue(written(document).isEmpty());
        assertEquals(YamlText.block().dump(document), YamlText.of(document));
    }

    @Test
    void documentsAreWrittenAsSnakeYamlWritesThem() {
        for (long seed = 0; seed < 3_000; seed++) {
            Object document = value(new Random(seed), 0);

            assertEquals(YamlText.block().dump(document), YamlText.of(document), "seed " + seed);
        }
    }

    private static Optional<String> written(Object document) {
        return BlockYaml.of(document, text -> YamlText.block().dump(Map.of("k", text)));
    }

    private static Object value(Random random, int depth) {
        int kind = random.nextInt(depth == 0 ? 2 : depth > 4 ? 20 : 10);
        if (kind == 0) {
            Map<String, Object> map = new LinkedHashMap<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                map.put(text(random), value(random, depth + 1));
            }
            return map;
        }
        if (kind == 1) {
            List<Object> list = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                list.add(value(random, depth + 1));
            }
            return list;
        }
        return switch (kind) {
            case 2 -> random.nextInt(-5, 99_999);
            case 3 -> random.nextBoolean();
            default -> text(random);
        };
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(random.nextInt(20) == 0 ? 60 : 5); i > 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return random.nextInt(40) == 0 ? text + "\n" + text : text.toString();
    }
}
