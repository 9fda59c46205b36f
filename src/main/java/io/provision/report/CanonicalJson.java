package io.provision.report;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * A JSON value in one text for all ways to write it: spaces, escapes and the order of an object's keys do not count. It
 * is no JSON itself: each scalar has its kind and length before it, so that no two values have one text.
 */
final class CanonicalJson {

    private final Map<String, String> scalars = new HashMap<>();
    private final String text;

    private CanonicalJson(JsonParser at) throws IOException {
        this.text = text(at, scalars);
    }

    /** @param at stands on the first token of the value, and on its last one afterwards */
    static CanonicalJson read(JsonParser at) throws IOException {
        return new CanonicalJson(at);
    }

    /** What an object holds under a name; empty where it is no object, or holds nothing plain there. */
    String scalar(String name) {
        return scalars.getOrDefault(name, "");
    }

    /** SHA-256 of the text, which is never long, and says as much. */
    String digest() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** @param scalars is told those of the value itself, where it is an object */
    private static String text(JsonParser at, Map<String, String> scalars) throws IOException {
        return switch (at.currentToken()) {
            case START_OBJECT -> object(at, scalars);
            case START_ARRAY -> array(at);
            default -> scalar(at.currentToken(), at.getText());
        };
    }

    private static String object(JsonParser at, Map<String, String> scalars) throws IOException {
        Map<String, String> fields = new TreeMap<>();
        while (at.nextToken() != JsonToken.END_OBJECT) {
            String name = at.currentName();
            if (at.nextToken().isScalarValue()) {
                scalars.put(name, at.getText());
            }
            fields.put(name, text(at, new HashMap<>()));
        }
        StringBuilder text = new StringBuilder("{");
        fields.forEach((name, value) -> text.append(scalar(JsonToken.FIELD_NAME, name)).append(value));
        return text.append('}').toString();
    }

    private static String array(JsonParser at) throws IOException {
        StringBuilder text = new StringBuilder("[");
        while (at.nextToken() != JsonToken.END_ARRAY) {
            text.append(text(at, new HashMap<>()));
        }
        return text.append(']').toString();
    }

    private static String scalar(JsonToken kind, String value) {
        return "%s %d ".formatted(kind, value.length()) + value;
    }
}
