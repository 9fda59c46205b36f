package io.provision.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncodedTextTest {

    /** So many letters before a character of two make that one end before, at and after what is encoded at a time. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_534, 65_535, 65_536, 131_070, 131_071, 200_000})
    void itsBytesAreThoseOfTheWhole(int letters) {
        String text = "x".repeat(letters) + "😀".repeat(70_000) + "é";

        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        for (byte[] bytes : new EncodedText(List.of("", text, "", "end\n"))) {
            assertTrue(bytes.length <= 4 * 65_536);
            encoded.writeBytes(bytes);
        }

        assertArrayEquals((text + "end\n").getBytes(StandardCharsets.UTF_8), encoded.toByteArray());
    }
}
