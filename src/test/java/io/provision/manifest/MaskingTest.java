package io.provision.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No URL is shown with its password. */
class MaskingTest {

    @ParameterizedTest
    @CsvSource({
        "embedded, embedded",
        "postgres://h/d, postgres://h/d",
        "postgres://u@h/d, postgres://u@h/d",
        "postgres://u:secret@h:5432/d, postgres://u:***@h:5432/d",
        "postgres://u:se/cr@et@h/d, postgres://u:***@h/d",
        "redis://:secret@h, redis://:***@h",
        "rediss+sentinel://u:secret@h/m, rediss+sentinel://u:***@h/m",
        "jdbc:postgresql://h/d?user=u&password=secret&ssl=true, jdbc:postgresql://h/d?user=u&password=***&ssl=true",
        "postgres://h/d?sslpassword=secret, postgres://h/d?sslpassword=***",
    })
    void aPasswordIsMaskedAndNothingElse(String url, String shown) {
        assertEquals(shown, Masking.passwords(url));
    }
}
