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
        if (farther instanceof Value.Mapping base && nearer instanceof Value.Mapping over) {
            Optional<Shape> map = Structure.alternatives(shape)
                    .filter(s -> s instanceof Table || s instanceof Fields)
                    .findFirst();
            if (map.isPresent() && merges(map.get(), over)) {
                return merge(base, over, map.get());
            }
        }
        return nearer;
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
