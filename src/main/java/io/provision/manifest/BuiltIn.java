package io.provision.manifest;

import io.provision.manifest.Shape.Fields;
import io.provision.manifest.Shape.Key;
import io.provision.problem.Place;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The layer below everything that a manifest says: what holds when nobody says anything. */
final class BuiltIn {

    private static final String FILE = "(built in)";

    private BuiltIn() {}

    static boolean is(Place place) {
        return place.file().equals(FILE);
    }

    static Value.Mapping of(Fields fields) {
        Map<String, Value.Entry> entries = new LinkedHashMap<>();
        for (Key key : fields.keys()) {
            value(key).ifPresent(value -> entries.put(key.name(), new Value.Entry(value.place(), value)));
        }
        return new Value.Mapping(entries, Place.of(FILE));
    }

    private static Optional<Value> value(Key key) {
        if (!key.fallback().isEmpty()) {
            Faults none = new Faults();
            SourceFile source = new SourceFile(FILE, new byte[0], key.fallback());
            return Optional.of(YamlDocument.read(source, new Variables(Map.of(), none), none));
        }
        return key.shape() instanceof Fields fields
                ? Optional.<Value>of(of(fields)).filter(v -> !((Value.Mapping) v).entries().isEmpty())
                : Optional.empty();
    }
}
