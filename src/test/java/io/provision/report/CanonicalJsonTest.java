package io.provision.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalJsonTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"a": 1, "b": [true, null]} | { "b" : [ true,null ], "a":1 }
            {"a": "\\u00fc"}            | {"a": "ü"}
            {"a": {"x": 1, "y": 2}}     | {"a": {"y": 2, "x": 1}}
            """)
    void howAValueIsWrittenDoesNotCount(String one, String other) throws IOException {
        assertEquals(read(one).digest(), read(other).digest());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"a": 1}              | {"a": "1"}
            {"a": null}           | {"a": "null"}
            {"a": null}           | {}
            ["a", "b"]            | ["b", "a"]
            ["a", "b"]            | ["ab"]
            [["a"], "b"]          | [["a", "b"]]
            {"a": "b", "c": "d"}  | {"a": "bc", "": "d"}
            {"a": {"b": 1}}       | {"a": {}, "b": 1}
            {"a": "x VALUE_STRING 1 y"} | {"a": "x", "b": "y"}
            """)
    void whatItSaysDoes(String one, String other) throws IOException {
        assertNotEquals(read(one).digest(), read(other).digest());
    }

    @Test
    void whatAnObjectHoldsItselfIsReadOnTheWay() throws IOException {
        CanonicalJson read = read("{\"id\": \"outer\", \"inner\": {\"id\": \"inner\", \"more\": \"x\"}}");

        assertEquals("outer", read.scalar("id"));
        assertEquals("", read.scalar("more"));
    }

    private static CanonicalJson read(String json) throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            parser.nextToken();
            return CanonicalJson.read(parser);
        }
    }
}
