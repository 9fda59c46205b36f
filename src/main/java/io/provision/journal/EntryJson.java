package io.provision.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import io.provision.plan.Change;
import io.provision.plan.Effect;
import io.provision.plan.Resource;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Changes and effects, token by token, as {@link ChangeJson} reads them. */
final class EntryJson {

    private final JsonGenerator json;

    private EntryJson(JsonGenerator json) {
        this.json = json;
    }

    static String entries(Collection<ChangeEntry> entries) {
        return JsonText.of(json -> new EntryJson(json).writeEntries(entries));
    }

    static String effects(List<Effect> effects) {
        return effects.isEmpty() ? "[]" : JsonText.of(json -> new EntryJson(json).writeEffects(effects));
    }

    private void writeEntries(Collection<ChangeEntry> entries) throws IOException {
        json.writeStartArray();
        for (ChangeEntry entry : entries) {
            json.writeStartObject();
            json.writeFieldName("change");
            write(entry.change());
            json.writeStringField("forward", entry.forward());
            json.writeStringField("inverse", entry.inverse());
            json.writeFieldName("effects");
            writeEffects(entry.effects());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void write(Change change) throws IOException {
        json.writeStartObject();
        json.writeStringField("instance", change.instance());
        write("before", change.before());
        write("after", change.after());
        json.writeStringField("reason", change.reason());
        json.writeFieldName("hazards");
        json.writeRawValue(change.hazards().isEmpty() ? "[]" : ChangeJson.writeHazards(change.hazards()));
        json.writeEndObject();
    }

    private void write(String name, Optional<Resource> resource) throws IOException {
        json.writeFieldName(name);
        if (resource.isPresent()) {
            ResourceJson.write(json, resource.get());
        } else {
            json.writeNull();
        }
    }

    private void writeEffects(List<Effect> effects) throws IOException {
        json.writeStartArray();
        for (Effect effect : effects) {
            json.writeStartObject();
            json.writeStringField("kind", effect.kind().name());
            json.writeStringField("type", effect.type());
            json.writeStringField("identity", effect.identity());
            json.writeStringField("part", effect.part().orElse(null));
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
