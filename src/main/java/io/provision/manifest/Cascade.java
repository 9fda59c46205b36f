package io.provision.manifest;

import io.provision.manifest.Shape.Fields;
import io.provision.manifest.Shape.Joining;
import io.provision.manifest.Shape.Key;
import io.provision.manifest.Shape.Table;
import io.provision.problem.Place;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Lays nearer settings over farther ones: the nearer one wins, maps merge key by key, lists replace
 * ({@code manifest.md}). Maps whose keys exclude each other ({@code password}) replace, as they must: {@code {env: …}}
 * over {@code {generate: …}} would otherwise name two sources.
 */
final class Cascade {

    private Cascade() {}

    static Value lay(Value farther, Value nearer, Shape shape) {
        Optional<Shape> map = Structure.alternatives(shape).stream()
                .filter(s -> s instanceof Table || s instanceof Fields)
                .findFirst();
        if (map.isPresent() && nearer instanceof Value.Mapping over && merges(map.get(), over)) {
            return asMapping(farther, map.get()).<Value>map(base -> merge(base, over, map.get())).orElse(nearer);
        }
        return nearer;
    }

    /** {@code adapter: x} is short for {@code adapter: {rule: x}}, so that a nearer prefix alone finds its rule. */
    private static Optional<Value.Mapping> asMapping(Value value, Shape map) {
        if (value instanceof Value.Scalar && map instanceof Fields fields
                && fields.joining() == Joining.NEW_WITH_FIRST_KEY) {
            Value.Entry entry = new Value.Entry(value.place(), value);
            return Optional.of(new Value.Mapping(Map.of(fields.names().get(0), entry), value.place()));
        }
        return Settings.as(Value.Mapping.class, value);
    }

    static Value.Mapping lay(Value.Mapping farther, Value.Mapping nearer) {
        return merge(farther, nearer, Keys.INSTANCE);
    }

    private static boolean merges(Shape shape, Value.Mapping over) {
        if (!(shape instanceof Fields fields) || fields.joining() == Joining.KEY_BY_KEY) {
            return true;
        }
        return fields.joining() == Joining.NEW_WITH_FIRST_KEY && over.get(fields.names().get(0)).isEmpty();
    }

    private static Value.Mapping merge(Value.Mapping base, Value.Mapping over, Shape shape) {
        if (over.entries().isEmpty()) {
            return base;
        }
        Map<String, Value.Entry> merged = new LinkedHashMap<>(base.entries());
        over.entries().forEach((key, entry) -> merged.merge(key, entry, (far, near) -> {
            Value value = lay(far.value(), near.value(), shapeOf(shape, key));
            // What grew out of both stands where it was listed first.
            Place place = value instanceof Value.Mapping ? far.place() : near.place();
            return new Value.Entry(place, value);
        }));
        return new Value.Mapping(merged, base.place());
    }

    private static Shape shapeOf(Shape map, String key) {
        return map instanceof Table table
                ? table.values()
                : ((Fields) map).key(key).map(Key::shape).orElse(Shapes.ANY_TEXT);
    }
}
