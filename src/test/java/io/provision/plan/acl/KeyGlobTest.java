package io.provision.plan.acl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Patterns of Redis, and what they have in common with all that begins with one word. */
class KeyGlobTest {

    @ParameterizedTest
    @CsvSource({
        "a:*,         a:b:,        a:b:",
        "a:b:c:*,     a:b:,        a:b:c:",
        "*,           a:b:,        a:b:",
        "*:last,      a:b:,        a:b:last",
        "a*b*c,       a:b:,        a:b:c",
        "a?b:?,       a:b:,        a:b:a",
        "[a-c]:b:[^a],a:b:,        a:b:b",
        "\\a:\\*b,    a:,          a:*b",
        "a:b,         a:,          a:b",
        "[,           a:,          ",
        "b:*,         a:b:,        ",
        "a:,          a:b:,        ",
        "a:b,         a:b:,        ",
        "a:[],        a:,          ",
        "*[]*,        a:,          ",
        "A:*,         a:,          ",
        "[^a]*,       a:,          ",
        "[c-a]:*,     b:,          b:",
        "[a-,         a,           a",
        "a\\,         a,           a\\",
        "ä?*,         ä,           äa",
    })
    void theShortestNameThatBeginsSo(String pattern, String prefix, String example) {
        assertEquals(Optional.ofNullable(example), KeyGlob.of(pattern).exampleUnder(prefix));
        if (example != null) {
            assertTrue(KeyGlob.of(pattern).matches(example));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "a:b*,     a:b",
        "a:b,      a:b",
        "*a,       ''",
        "a?b,      a",
        "[a]b[cd], ab",
        "\\*a*,    *a",
    })
    void whatEveryMatchBeginsWith(String pattern, String prefix) {
        assertEquals(prefix, KeyGlob.of(pattern).literalPrefix());
    }
}
