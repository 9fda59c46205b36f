package io.provision.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/**
 * What came of a command.
 *
 * @param exit as the shell has it: a signal's number comes as 128 and more
 * @param out standard output
 * @param err standard error
 */
record Ended(int exit, String out, String err) {

    private static final ObjectMapper ONE_DOCUMENT =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** Fails with everything that the command said. */
    Ended expect(int code) {
        assertEquals(code, exit, this::toString);
        return this;
    }

    /** The one document that standard output is. */
    JsonNode json() {
        return parse(out);
    }

    static JsonNode parse(String text) {
        try {
            return ONE_DOCUMENT.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not one JSON document: " + text, e);
        }
    }

    static List<String> keys(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** Standard error is an error of one sentence and its remedy, after what was noted, and shows no inside. */
    void saysOneError(String part) {
        List<String> errors = err.lines().filter(line -> line.startsWith("error: ")).toList();
        assertEquals(1, errors.size(), this::toString);
        assertTrue(errors.get(0).contains(part), this::toString);
        showsNoInside();
    }

    void showsNoInside() {
        assertFalse((out + err).contains("\tat "), this::toString);
        assertFalse((out + err).contains("Exception"), this::toString);
    }

    void says(String part) {
        assertTrue(err.contains(part), this::toString);
    }

    void prints(String part) {
        assertTrue(out.contains(part), this::toString);
    }

    @Override
    public String toString() {
        return "exit %d\n--- stdout\n%s\n--- stderr\n%s".formatted(exit, out, err);
    }
}
