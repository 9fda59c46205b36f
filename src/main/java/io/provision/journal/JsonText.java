package io.provision.journal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/**
 * JSON as a text, written token by token. Without an object mapper: to load its five hundred classes takes longer than
 * to write ten thousand resources.
 */
final class JsonText {

    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonText() {}

    /** One value of JSON, as its tokens. */
    @FunctionalInterface
    interface Value {

        void write(JsonGenerator json) throws IOException;
    }

    static String of(Value value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            value.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory takes all that is written", e);
        }
        return text.toString();
    }
}
