package io.provision.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFieldsTest {

    @Test
    void scalarsAreTextAndTheRestIsPassedOver() {
        assertEquals(
                Optional.of(Map.of("a", "x", "b", "8081", "c", "true", "last", "1.5")),
                JsonFields.of("""
                        {"a":"x","b":8081,"n":null,"c":true,"d":{"e":[1]},"f":[{}],"last":1.5}"""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "1", "\"x\"", "[]", "{", "{\"a\"", "{\"a\":1", "{} {}", "{\"a\":1}x", "{a:1}"})
    void whatIsNoObjectIsNone(String text) {
        assertEquals(Optional.empty(), JsonFields.of(text));
    }
}
