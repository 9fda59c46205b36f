package io.provision.manifest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.provision.manifest.Shape.Choice;
import io.provision.manifest.Shape.Either;
import io.provision.manifest.Shape.Fields;
import io.provision.manifest.Shape.Joining;
import io.provision.manifest.Shape.Key;
import io.provision.manifest.Shape.Listing;
import io.provision.manifest.Shape.Table;
import io.provision.manifest.Shape.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The JSON Schema that the table of keys means: what the shipped one must be, letter by letter. */
final class SchemaOfKeys {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Maps that many keys share stand once, by name. */
    private final Map<Shape, String> definitions = new LinkedHashMap<>();

    private SchemaOfKeys() {
        definitions.put(Keys.SETTINGS, "settings");
        definitions.put(Shapes.PASSWORD, "password");
        definitions.put(Shapes.TLS, "tls");
        definitions.put(Shapes.RULE, "rule");
    }

    static ObjectNode document() {
        SchemaOfKeys schema = new SchemaOfKeys();
        ObjectNode root = JSON.objectNode()
                .put("$schema", "https://json-schema.org/draft/2020-12/schema")
                .put("$id", "https://provision.invalid/instances.schema.json")
                .put("title", "instances.yaml")
                .put("description", "The manifest of `provision`: connections, defaults, services, instances.");
        root.setAll(schema.body(Keys.ROOT));
        root.put("type", "object");
        ((ObjectNode) root.at("/properties/instances")).put("type", "object").put("minProperties", 1);
        ((ObjectNode) root.at("/properties/redis")).put("type", "object");
        ObjectNode shared = root.putObject("$defs");
        schema.definitions.forEach((shape, name) -> shared.set(name, schema.body(shape)));
        return root;
    }

    private ObjectNode of(Shape shape) {
        return definitions.containsKey(shape)
                ? JSON.objectNode().put("$ref", "#/$defs/" + definitions.get(shape))
                : body(shape);
    }

    private ObjectNode body(Shape shape) {
        if (shape instanceof Text text) {
            return text(text);
        }
        if (shape instanceof Choice choice) {
            return choice(choice.words());
        }
        if (shape instanceof Listing listing) {
            ObjectNode list = JSON.objectNode().put("type", "array");
            if (listing.least() > 0) {
                list.put("minItems", listing.least());
            }
            list.set("items", of(listing.items()));
            return list;
        }
        if (shape instanceof Either either) {
            ObjectNode any = JSON.objectNode();
            ArrayNode alternatives = any.putArray("anyOf");
            // Nothing behind a key that takes more than a map is an empty value, not an empty map.
            either.shapes().forEach(s -> alternatives.add(withoutNull(of(s))));
            return any;
        }
        return shape instanceof Table table ? table(table) : fields((Fields) shape);
    }

    private static ObjectNode withoutNull(ObjectNode schema) {
        return schema.path("type").isArray() && schema.path("type").has(1)
                && schema.path("type").get(1).asText().equals("null") ? schema.put("type", "object") : schema;
    }

    /** A scalar is read by its text, so a number or a boolean is taken where its text is. */
    private static ObjectNode text(Text text) {
        ObjectNode schema = JSON.objectNode();
        boolean number = text.takes("1") || text.takes("750");
        ArrayNode types = schema.putArray("type").add("string");
        if (number) {
            types.add("number");
        }
        if (text.takes("true")) {
            types.add("boolean");
        }
        if (types.size() == 1) {
            schema.put("type", "string");
        }
        if (text.equals(Shapes.PORT)) {
            schema.put("minimum", 1).put("maximum", 65535);
        }
        return schema.put("pattern", "^(?:" + text.pattern() + ")$|\\$");
    }

    private static ObjectNode choice(List<String> words) {
        ObjectNode schema = JSON.objectNode();
        ArrayNode alternatives = schema.putArray("anyOf");
        ArrayNode known = alternatives.addObject().putArray("enum");
        words.forEach(known::add);
        if (words.contains("true")) {
            known.add(true).add(false);
        }
        alternatives.addObject().put("type", "string").put("pattern", "\\$");
        return schema;
    }

    private ObjectNode table(Table table) {
        ObjectNode schema = JSON.objectNode();
        schema.putArray("type").add("object").add("null");
        ObjectNode names = schema.putObject("propertyNames");
        names.put("pattern", "^(?:" + table.name().pattern() + ")$");
        if (!table.reserved().isEmpty()) {
            ArrayNode reserved = names.putObject("not").putArray("enum");
            table.reserved().forEach(reserved::add);
        }
        schema.set("additionalProperties", of(table.values()));
        return schema;
    }

    private ObjectNode fields(Fields fields) {
        ObjectNode schema = JSON.objectNode();
        if (fields.joining() == Joining.KEY_BY_KEY) {
            schema.putArray("type").add("object").add("null");
        } else {
            schema.put("type", "object");
        }
        if (fields.joining() == Joining.ONE_OF) {
            schema.put("minProperties", 1).put("maxProperties", 1);
        }
        List<String> required = fields.keys().stream().filter(Key::required).map(Key::name).toList();
        if (!required.isEmpty()) {
            ArrayNode names = schema.putArray("required");
            required.forEach(names::add);
        }
        ObjectNode properties = schema.putObject("properties");
        fields.keys().forEach(key -> properties.set(key.name(), described(key)));
        return schema.put("additionalProperties", false);
    }

    private ObjectNode described(Key key) {
        String fallback = key.fallback().isEmpty() ? "" : " Default: " + key.fallback() + ".";
        ObjectNode schema = JSON.objectNode().put("description", key.description() + fallback);
        schema.setAll(of(key.shape()));
        return schema;
    }
}
