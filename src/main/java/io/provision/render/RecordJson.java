package io.provision.render;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.PrettyPrinter;
import io.provision.render.GrafanaModel.Step;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Records, lists and maps as JSON, as they are named and ordered. Without an object mapper: to load its five hundred
 * classes takes longer than to write both dashboards.
 */
final class RecordJson {

    private final JsonGenerator json;
    private final Map<Class<?>, RecordComponent[]> components = new HashMap<>();

    private RecordJson(JsonGenerator json) {
        this.json = json;
    }

    static String of(Record document, PrettyPrinter printer) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.setPrettyPrinter(printer);
            new RecordJson(json).write(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private void write(Object value) throws IOException {
        if (value instanceof Record entity) {
            json.writeStartObject();
            for (RecordComponent component : components.computeIfAbsent(value.getClass(), Class::getRecordComponents)) {
                field(component.getName(), of(entity, component), value instanceof Step);
            }
            json.writeEndObject();
        } else if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                field(entry.getKey().toString(), entry.getValue(), false);
            }
            json.writeEndObject();
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            for (Object item : list) {
                write(item);
            }
            json.writeEndArray();
        } else {
            // A text, a number, a boolean or null: the generator knows them.
            json.writeObject(value);
        }
    }

    /** @param always whether what is absent is written as null, and not left out */
    private void field(String name, Object value, boolean always) throws IOException {
        Object present = value instanceof Optional<?> optional ? optional.orElse(null) : value;
        if (present != null || always) {
            json.writeFieldName(name);
            write(present);
        }
    }

    private static Object of(Record entity, RecordComponent component) {
        try {
            return component.getAccessor().invoke(entity);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a record tells its components", e);
        }
    }
}
