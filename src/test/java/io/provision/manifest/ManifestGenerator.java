package io.provision.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.provision.manifest.Shape.Choice;
import io.provision.manifest.Shape.Either;
import io.provision.manifest.Shape.Fields;
import io.provision.manifest.Shape.Joining;
import io.provision.manifest.Shape.Key;
import io.provision.manifest.Shape.Listing;
import io.provision.manifest.Shape.Table;
import io.provision.manifest.Shape.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** Manifests that fit the table of keys, and such with one thing changed; written as YAML's flow style. */
final class ManifestGenerator {

    /** Texts of every sort, so that each pattern of the table finds some that fit. */
    private static final List<String> TEXTS = List.of("audit", "a-b", "exchange-OKX", "exchange-simulator", "8080",
            "65535", "0750", "777", "/app/data", "./volumes", "1000:1000", "app:app", "embedded", "PASSWORD",
            "postgres://u@h/d", "postgresql://h/d", "redis://h:6379", "rediss://h", "+info", "-@all", "audit_*",
            "entity_type", "data", "trading:{entity}", "e", "redis+sentinel://a,b/m", "jdbc:postgresql://h/d");
    private static final List<Object> ODD = List.of("x y", "0", "65536", "99999", "..", "", "yes", "On", "mysql://h",
            12, -1, 1.5, true, List.of(), List.of(List.of()), Map.of("unheard", "of"), Map.of(), "{x}");

    private final Random random;

    ManifestGenerator(Random random) {
        this.random = random;
    }

    String valid() {
        return text(fields(Keys.ROOT));
    }

    String mutated() {
        Map<String, Object> root = fields(Keys.ROOT);
        for (int changes = 1 + random.nextInt(2); changes > 0; changes--) {
            mutate(root);
        }
        return text(root);
    }

    private static String text(Map<String, Object> root) {
        try {
            return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private Object value(Shape shape) {
        if (shape instanceof Text text) {
            List<String> fitting = TEXTS.stream().filter(text::takes).toList();
            return random.nextInt(12) == 0 ? "${UNSET:-" + pick(fitting) + "}" : pick(fitting);
        }
        if (shape instanceof Choice choice) {
            return pick(choice.words());
        }
        if (shape instanceof Either either) {
            return value(pick(either.shapes()));
        }
        if (shape instanceof Listing listing) {
            return Stream.generate(() -> value(listing.items())).limit(1 + random.nextInt(2)).toList();
        }
        if (shape instanceof Table table) {
            Map<String, Object> entries = new LinkedHashMap<>();
            TEXTS.stream().filter(table.name()::takes).limit(1 + random.nextInt(3))
                    .forEach(name -> entries.put(name, value(table.values())));
            return entries;
        }
        return fields((Fields) shape);
    }

    private Map<String, Object> fields(Fields fields) {
        List<Key> keys = fields.joining() == Joining.ONE_OF
                ? List.of(pick(fields.keys()))
                : fields.keys().stream().filter(key -> key.required() || random.nextInt(4) == 0).toList();
        Map<String, Object> entries = new LinkedHashMap<>();
        keys.forEach(key -> entries.put(key.name(), value(key.shape())));
        return entries;
    }

    /** Changes one place, reached by a walk down from the top; what must be said stays. */
    private void mutate(Map<String, Object> map) {
        Map<String, Object> at = map;
        while (true) {
            List<String> maps = new ArrayList<>();
            for (Map.Entry<String, Object> entry : at.entrySet()) {
                if (entry.getValue() instanceof Map<?, ?>) {
                    maps.add(entry.getKey());
                }
            }
            if (maps.isEmpty() || at != map && random.nextInt(3) == 0) {
                break;
            }
            at = child(at, pick(maps));
        }
        List<String> keys = new ArrayList<>(at.keySet());
        if (keys.isEmpty() || at == map || random.nextInt(3) == 0) {
            at.put(pick(List.of("unheard-of", "migrat", "env", "file", "root", "http", "x y")), pick(ODD));
        } else {
            at.put(pick(keys), random.nextInt(5) == 0 ? null : pick(ODD));
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> child(Map<String, Object> map, String key) {
        Map<String, Object> copy = new LinkedHashMap<>((Map<String, Object>) map.get(key));
        map.put(key, copy);
        return copy;
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
