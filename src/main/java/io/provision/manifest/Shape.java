package io.provision.manifest;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** What may stand behind a key. The reader checks by it, and the JSON Schema is held against it. */
sealed interface Shape {

    /** What a person is told to write. */
    String expected();

    /**
     * @param pattern what the whole text must match, in the dialect that Java and JSON Schema share; compiled where
     *     there is such a text, as most keys are in no manifest
     * @param secret whether the text may hold a password, and so is never shown
     */
    record Text(String expected, String pattern, boolean secret) implements Shape {

        private static final Map<String, Pattern> COMPILED = new ConcurrentHashMap<>();

        static final String ANYTHING = "[\\s\\S]+";

        boolean takes(String text) {
            return COMPILED.computeIfAbsent(pattern, Pattern::compile).matcher(text).matches();
        }
    }

    record Choice(List<String> words) implements Shape {

        public Choice {
            words = List.copyOf(words);
        }

        @Override
        public String expected() {
            return "one of " + String.join(", ", words);
        }
    }

    /** @param least how many items there must be */
    record Listing(Shape items, int least) implements Shape {

        Listing(Shape items) {
            this(items, 0);
        }

        @Override
        public String expected() {
            return least == 0 ? "a list" : "a list of at least " + least;
        }
    }

    /** A map whose keys are names of the writer's own. */
    record Table(Text name, List<String> reserved, Shape values) implements Shape {

        public Table {
            reserved = List.copyOf(reserved);
        }

        @Override
        public String expected() {
            return "a map";
        }
    }

    /** A map whose keys are known. */
    record Fields(List<Key> keys, Joining joining) implements Shape {

        public Fields {
            keys = List.copyOf(keys);
        }

        Optional<Key> key(String name) {
            for (Key key : keys) {
                if (key.name().equals(name)) {
                    return Optional.of(key);
                }
            }
            return Optional.empty();
        }

        List<String> names() {
            return keys.stream().map(Key::name).toList();
        }

        @Override
        public String expected() {
            return joining == Joining.ONE_OF
                    ? "a map with exactly one of " + String.join(", ", names())
                    : "a map of " + String.join(", ", names());
        }
    }

    /** Alternatives that differ in kind: a single value, a list, a map. */
    record Either(List<Shape> shapes) implements Shape {

        public Either {
            shapes = List.copyOf(shapes);
        }

        @Override
        public String expected() {
            return String.join(", or ", shapes.stream().map(Shape::expected).toList());
        }
    }

    /** How a nearer map is laid over a farther one. */
    enum Joining {
        KEY_BY_KEY,
        /** The keys exclude each other, so the nearer map replaces the farther one. */
        ONE_OF,
        /** A nearer map that says the first key makes a statement of its own, and replaces the farther one. */
        NEW_WITH_FIRST_KEY
    }

    /**
     * @param required whether a whole manifest must say it (not each file of it)
     * @param fallback what holds when nobody says it, as YAML flow text; empty when nothing does
     */
    record Key(String name, String description, Shape shape, boolean required, String fallback) {

        Key(String name, String description, Shape shape) {
            this(name, description, shape, false, "");
        }

        Key mandatory() {
            return new Key(name, description, shape, true, fallback);
        }

        Key fallback(String value) {
            return new Key(name, description, shape, required, value);
        }
    }
}
