package io.provision.plan.acl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A pattern need be no text, and is told, kept and sent back as it is. */
class PatternTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"~exchange:OKX:*", "~größer:日本:😀*", "~\ufffd*", "&*"})
    void textStaysAsItIs(String text) {
        assertEquals(text, PatternText.of(text.getBytes(StandardCharsets.UTF_8)));
        assertEquals(text, PatternText.shown(text));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void noByteIsLost(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = new byte[random.nextInt(12)];
            random.nextBytes(bytes);
            assertArrayEquals(bytes, PatternText.bytes(PatternText.of(bytes)));
        }
    }

    @Test
    void aCharacterThatIsOursElsewhereIsItsBytes() {
        byte[] bytes = "a\uef80\uefffb".getBytes(StandardCharsets.UTF_8);

        assertArrayEquals(bytes, PatternText.bytes(PatternText.of(bytes)));
    }

    @Test
    void whatIsNoTextIsShownAsRedisCliTakesIt() {
        assertEquals("\"~\\xffa\\\\\\\"\\x1b[é*\"", PatternText.shown(
                PatternText.of("~\u00ffa\\\"\u001b[".getBytes(StandardCharsets.ISO_8859_1)) + "é*"));
    }

    @Test
    void itIsMatchedByteByByte() {
        KeyGlob glob = KeyGlob.of(PatternText.of(new byte[] {'a', (byte) 0xff, '*'}));

        assertEquals("a" + PatternText.of(new byte[] {(byte) 0xff}), glob.literalPrefix());
        assertEquals(false, glob.matches("a\ufffd"));
    }
}
