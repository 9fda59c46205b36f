package io.provision.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A result as machines read it: keys in the order in which they were put, in snake_case. Values are strings, numbers,
 * booleans, further documents, maps, lists of all these, and optionals (an empty one is {@code null}).
 *
 * <p>Written with Jackson's generators alone: binding objects would double the time that a command takes to start.
 */
public final class Document {

    private final Map<String, Object> fields = new LinkedHashMap<>();

    public Document put(String key, Object value) {
        fields.put(key, value);
        return this;
    }

    Document putAll(Document other) {
        return putAll(other.fields);
    }

    Document putAll(Map<String, ?> values) {
        fields.putAll(values);
        return this;
    }

    /** Over several lines, for people and programs. */
    public String json() {
        StringWriter text = new StringWriter();
        json(text);
        return text.toString();
    }

    /** @param out stays open, and is flushed */
    public void json(Writer out) {
        Separators separators = Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator("");
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(separators)
                .withObjectIndenter(lines)
                .withArrayIndenter(lines);
        write(new JsonFactory(), new EscapedJson(out), generator -> generator.setPrettyPrinter(printer), "\n");
    }

    /** On one line, without a line end. */
    String jsonLine() {
        StringWriter text = new StringWriter();
        write(new JsonFactory(), new EscapedJson(text), generator -> {}, "");
        return text.toString();
    }

    public String yaml() {
        StringWriter text = new StringWriter();
        yaml(text);
        return text.toString();
    }

    /** @param out stays open, and is flushed */
    public void yaml(Writer out) {
        YAMLFactory factory = YAMLFactory.builder()
                .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                .disable(YAMLGenerator.Feature.SPLIT_LINES)
                .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
                .build();
        write(factory, out, generator -> {}, "");
    }

    private interface Settings {

        void apply(JsonGenerator generator);
    }

    private void write(JsonFactory factory, Writer out, Settings settings, String end) {
        try (JsonGenerator generator = factory.createGenerator(out)) {
            generator.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            // A document that breaks off must not look whole.
            generator.disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT);
            settings.apply(generator);
            writeObject(generator, fields);
            generator.flush();
            out.write(end);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void writeObject(JsonGenerator generator, Map<?, ?> object) throws IOException {
        generator.writeStartObject();
        for (Map.Entry<?, ?> field : object.entrySet()) {
            generator.writeFieldName(String.valueOf(field.getKey()));
            writeValue(generator, field.getValue());
        }
        generator.writeEndObject();
    }

    private static void writeValue(JsonGenerator generator, Object value) throws IOException {
        if (value instanceof Document document) {
            writeObject(generator, document.fields);
        } else if (value instanceof Map<?, ?> map) {
            writeObject(generator, map);
        } else if (value instanceof Iterable<?> items) {
            generator.writeStartArray();
            for (Object item : items) {
                writeValue(generator, item);
            }
            generator.writeEndArray();
        } else if (value instanceof Optional<?> optional) {
            writeValue(generator, optional.orElse(null));
        } else if (value instanceof OptionalInt optional) {
            writeValue(generator, optional.isPresent() ? optional.getAsInt() : null);
        } else {
            writeScalar(generator, value);
        }
    }

    private static void writeScalar(JsonGenerator generator, Object value) throws IOException {
        if (value == null) {
            generator.writeNull();
        } else if (value instanceof Boolean truth) {
            generator.writeBoolean(truth);
        } else if (value instanceof Integer || value instanceof Long) {
            generator.writeNumber(((Number) value).longValue());
        } else if (value instanceof Number number) {
            generator.writeNumber(number.doubleValue());
        } else {
            generator.writeString(value.toString());
        }
    }
}
