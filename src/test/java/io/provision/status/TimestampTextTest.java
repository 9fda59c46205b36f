package io.provision.status;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampTextTest {

    @ParameterizedTest
    @ValueSource(strings = {
        "2020-09-13T12:26:40Z", "2020-09-13T12:26:40.000Z", "2020-09-13T14:26:40+02:00", "2020-09-13T14:26:40+0200",
        "2020-09-13T12:26:40.000000", "2020-09-13 12:26:40", "1600000000", "1600000000.000", "1600000000000",
        "1600000000000000", "1600000000000000000"
    })
    void aTimeIsReadAsServicesWriteIt(String text) {
        assertEquals(Optional.of(Instant.ofEpochSecond(1_600_000_000)), TimestampText.read(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "yesterday", "2020-13-13T12:26:40Z", "12:26", "16", "-1600000000", "9999999999999999999",
        "99999999999999999999"
    })
    void whatIsNoTimeIsNone(String text) {
        assertEquals(Optional.empty(), TimestampText.read(text));
    }
}
