package io.provision.journal;

import io.provision.plan.Change;
import io.provision.plan.Effect;
import java.util.Collection;
import java.util.List;
import java.util.StringJoiner;

/** Changes and effects as {@link ChangeJson} reads them, written without a mapper, as by {@link ResourceJson}. */
final class EntryJson {

    private EntryJson() {}

    static String entries(Collection<ChangeEntry> entries) {
        StringJoiner all = array();
        entries.forEach(entry -> all.add("{\"change\":" + change(entry.change())
                + ",\"forward\":" + ResourceJson.quoted(entry.forward())
                + ",\"inverse\":" + ResourceJson.quoted(entry.inverse())
                + ",\"effects\":" + effects(entry.effects()) + "}"));
        return all.toString();
    }

    private static String change(Change change) {
        return "{\"instance\":" + ResourceJson.quoted(change.instance())
                + ",\"before\":" + change.before().map(ResourceJson::write).orElse("null")
                + ",\"after\":" + change.after().map(ResourceJson::write).orElse("null")
                + ",\"reason\":" + ResourceJson.quoted(change.reason())
                + ",\"hazards\":" + (change.hazards().isEmpty() ? "[]" : ChangeJson.writeHazards(change.hazards()))
                + "}";
    }

    static String effects(List<Effect> effects) {
        if (effects.isEmpty()) {
            return "[]";
        }
        StringJoiner all = array();
        effects.forEach(effect -> all.add("{\"kind\":\"" + effect.kind().name()
                + "\",\"type\":" + ResourceJson.quoted(effect.type())
                + ",\"identity\":" + ResourceJson.quoted(effect.identity())
                + ",\"part\":" + effect.part().map(ResourceJson::quoted).orElse("null") + "}"));
        return all.toString();
    }

    private static StringJoiner array() {
        return new StringJoiner(",", "[", "]");
    }
}
