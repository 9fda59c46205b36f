package io.provision.manifest;

import io.provision.problem.Place;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The cascade's result, with where each value came from: what {@code validate --effective} prints. */
public final class Effective {

    private final Value.Mapping connections;
    private final Map<String, Value.Mapping> instances;

    Effective(Value.Mapping connections, Map<String, Value.Mapping> instances) {
        this.connections = connections;
        this.instances = Collections.unmodifiableMap(new LinkedHashMap<>(instances));
    }

    /**
     * @param path dotted, such as {@code volumes.root}
     * @param value as text; a list as YAML's flow text. Never a secret: connection URLs have their password masked, and
     *     a variable of {@code environment} that was filled is shown as it was written
     * @param place where it was said; empty for what is built in
     */
    public record Setting(String path, String value, Optional<Place> place) {}

    /** Names in the manifest's order. */
    public Set<String> instances() {
        return instances.keySet();
    }

    /** @return the settings of an instance, in the order in which they were first said; none for an unknown one */
    public List<Setting> of(String instance) {
        List<Setting> settings = new ArrayList<>();
        Optional.ofNullable(instances.get(instance)).ifPresent(mapping -> flatten("", mapping, settings));
        return List.copyOf(settings);
    }

    /** @return the ecosystem and the settings of {@code postgres} and {@code redis} */
    public List<Setting> connections() {
        List<Setting> settings = new ArrayList<>();
        flatten("", connections, settings);
        return List.copyOf(settings);
    }

    private static void flatten(String path, Value value, List<Setting> into) {
        if (value instanceof Value.Mapping mapping && !mapping.entries().isEmpty()) {
            mapping.entries().forEach((key, entry) ->
                    flatten(path.isEmpty() ? key : path + "." + key, entry.value(), into));
            return;
        }
        Optional<Place> place = Optional.of(value.place()).filter(p -> !BuiltIn.is(p));
        into.add(new Setting(path, text(path, value), place));
    }

    private static String text(String path, Value value) {
        if (value instanceof Value.Scalar scalar) {
            return path.startsWith("environment.") ? scalar.written() : Masking.passwords(scalar.text());
        }
        if (value instanceof Value.Sequence sequence) {
            return "[" + String.join(", ", sequence.items().stream().map(item -> text(path, item)).toList()) + "]";
        }
        return "{}";
    }
}
