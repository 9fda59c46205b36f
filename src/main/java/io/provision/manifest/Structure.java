package io.provision.manifest;

import io.provision.manifest.Shape.Choice;
import io.provision.manifest.Shape.Either;
import io.provision.manifest.Shape.Fields;
import io.provision.manifest.Shape.Joining;
import io.provision.manifest.Shape.Key;
import io.provision.manifest.Shape.Listing;
import io.provision.manifest.Shape.Table;
import io.provision.manifest.Shape.Text;
import io.provision.problem.Place;
import io.provision.problem.Suggestion;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Holds one file against the table of keys, once, however many instances its settings reach. What is wrong is told and
 * marked as broken, so that everything after it can go on and find what else is wrong.
 */
final class Structure {

    static final String OWN_REMEDY = "take it away; the tool's own value is derived from the manifest";
    private static final int LONGEST_SHOWN = 300;

    /** Held against a shape already: what an anchor shares is judged once, however many aliases there are. */
    private record Checked(Value result, Shape shape) {}

    private final Faults faults;
    private final Map<Value, Checked> checked = new IdentityHashMap<>();

    Structure(Faults faults) {
        this.faults = faults;
    }

    /** @return the manifest with only what fits */
    Value check(Value root) {
        return check(root, root.place(), Keys.ROOT, "");
    }

    private Value check(Value value, Place place, Shape shape, String path) {
        if (value instanceof Value.Broken) {
            return value;
        }
        if (value instanceof Value.Empty) {
            return empty(place, shape, path);
        }
        Checked before = checked.get(value);
        if (before != null && before.shape() == shape) {
            return before.result();
        }
        Value result = present(value, place, shape, path);
        checked.put(value, new Checked(result, shape));
        return result;
    }

    private Value present(Value value, Place place, Shape shape, String path) {
        for (Shape fitting : alternatives(shape)) {
            if (fits(fitting, value)) {
                return fitting(value, place, fitting, path);
            }
        }
        faults.error(value.place(), name(path) + " is " + value.kind(), "write " + shape.expected());
        return new Value.Broken(place);
    }

    private Value fitting(Value value, Place place, Shape shape, String path) {
        if (value instanceof Value.Scalar scalar) {
            return scalar(scalar, shape, path);
        }
        if (value instanceof Value.Sequence sequence) {
            return sequence(sequence, (Listing) shape, path);
        }
        Value.Mapping mapping = (Value.Mapping) value;
        return shape instanceof Table table
                ? table(mapping, place, table, path)
                : fields(mapping, place, (Fields) shape, path);
    }

    private static boolean fits(Shape shape, Value value) {
        if (value instanceof Value.Scalar) {
            return shape instanceof Text || shape instanceof Choice;
        }
        return value instanceof Value.Sequence
                ? shape instanceof Listing
                : shape instanceof Table || shape instanceof Fields;
    }

    static List<Shape> alternatives(Shape shape) {
        return shape instanceof Either either ? either.shapes() : List.of(shape);
    }

    /** Nothing behind the key of a map is an empty map; anything else that is empty was forgotten. */
    private Value empty(Place place, Shape shape, String path) {
        boolean map = shape instanceof Table || shape instanceof Fields f && f.joining() == Joining.KEY_BY_KEY;
        if (map) {
            return Value.Mapping.empty(place);
        }
        faults.error(place, name(path) + " is empty", "write " + shape.expected() + ", or take the key away");
        return new Value.Broken(place);
    }

    private Value scalar(Value.Scalar scalar, Shape shape, String path) {
        if (shape instanceof Text text && !text.takes(scalar.text())) {
            String shown = text.secret() ? "" : ", not " + shown(scalar.written());
            faults.error(scalar.place(), name(path) + " must be " + text.expected() + shown);
            return new Value.Broken(scalar.place());
        }
        if (shape instanceof Choice choice && !choice.words().contains(scalar.text())) {
            faults.error(scalar.place(), name(path) + " cannot be " + shown(scalar.written()),
                    scalar.isFilled() ? choice.expected() : Suggestion.remedy(scalar.text(), choice.words()));
            return new Value.Broken(scalar.place());
        }
        return scalar;
    }

    /** What has several lines is no slip of a word, but perhaps a key where its file's name belongs. */
    private static String shown(String written) {
        if (written.isEmpty()) {
            return "empty";
        }
        if (written.contains("\n")) {
            return "several lines";
        }
        return "`" + (written.length() <= LONGEST_SHOWN ? written : written.substring(0, LONGEST_SHOWN) + "…") + "`";
    }

    private Value sequence(Value.Sequence sequence, Listing listing, String path) {
        if (sequence.items().size() < listing.least()) {
            faults.error(sequence.place(), name(path) + " is an empty list", "write " + listing.expected());
            return new Value.Broken(sequence.place());
        }
        List<Value> checked = new ArrayList<>();
        for (Value item : sequence.items()) {
            checked.add(check(item, item.place(), listing.items(), path + "[" + (checked.size() + 1) + "]"));
        }
        return new Value.Sequence(checked, sequence.place());
    }

    private Value table(Value.Mapping mapping, Place place, Table table, String path) {
        Map<String, Value.Entry> checked = new LinkedHashMap<>();
        mapping.entries().forEach((key, entry) -> {
            Value value = check(entry.value(), entry.place(), table.values(), below(path, key));
            if (!table.name().takes(key)) {
                faults.error(entry.place(), "`" + key + "` in " + name(path) + " is not " + table.name().expected());
            } else if (table.reserved().contains(key)) {
                faults.error(entry.place(), "`" + key + "` in " + name(path) + " is set by the tool itself",
                        OWN_REMEDY);
            } else {
                checked.put(key, new Value.Entry(entry.place(), value));
            }
        });
        return new Value.Mapping(checked, place);
    }

    private Value fields(Value.Mapping mapping, Place place, Fields fields, String path) {
        Map<String, Value.Entry> checked = new LinkedHashMap<>();
        mapping.entries().forEach((name, entry) -> {
            Optional<Key> key = fields.key(name);
            if (key.isEmpty()) {
                faults.error(entry.place(), "unknown key `" + name + "` in " + name(path),
                        Suggestion.remedy(name, fields.names()));
            } else {
                Value value = check(entry.value(), entry.place(), key.get().shape(), below(path, name));
                checked.put(name, new Value.Entry(entry.place(), value));
            }
        });
        if (fields.joining() == Joining.ONE_OF && mapping.entries().size() != 1) {
            faults.error(place, name(path) + " must say exactly one of " + String.join(", ", fields.names()));
            return new Value.Broken(place);
        }
        return new Value.Mapping(checked, place);
    }

    private static String below(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static String name(String path) {
        return path.isEmpty() ? "the manifest" : "`" + path + "`";
    }
}
