package io.provision.postgres;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.util.PasswordUtil;

class VerifierTest {

    @ParameterizedTest
    @MethodSource("passwords")
    void itIsTheOneThatTheDriverComputes(String password) {
        byte[] salt = new byte[16];
        new Random(password.hashCode()).nextBytes(salt);

        assertEquals(
                PasswordUtil.encodeScramSha256(password.toCharArray(), Verifier.ITERATIONS, salt),
                Verifier.of(password.toCharArray(), salt));
    }

    static Stream<String> passwords() {
        return Stream.of("a", "made up for a test", "~ !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}", "x".repeat(63),
                "x".repeat(64), "x".repeat(65), "x".repeat(200), "grün", "ﬁ", "a\u00a0b", "𝕏", "tab\there");
    }

    @Test
    void eachHasASaltOfItsOwn() {
        assertNotEquals(Verifier.of("secret".toCharArray()), Verifier.of("secret".toCharArray()));
    }

    @Test
    void aMessageOfAnyLengthIsHashedAsJavaDoes() throws Exception {
        byte[] key = "key".getBytes(StandardCharsets.US_ASCII);
        Mac expected = Mac.getInstance("HmacSHA256");
        expected.init(new SecretKeySpec(key, "HmacSHA256"));
        for (int length : IntStream.range(0, 200).toArray()) {
            byte[] message = new byte[length];
            new Random(length).nextBytes(message);
            assertArrayEquals(expected.doFinal(message), new HmacSha256(key).of(message), length + " bytes");
        }
    }
}
