package io.provision.manifest;

import io.provision.problem.Place;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A part of a manifest as it was written, with its place; variables filled, nothing else interpreted. */
sealed interface Value {

    Place place();

    /** What a person would call it. */
    String kind();

    /**
     * @param text the text, variables filled; possibly a secret where {@code written} differs
     * @param written the text as the file has it: what may be told of it
     */
    record Scalar(String text, String written, Place place) implements Value {

        /** Whether a variable may have gone into it: then only what is written may be told. */
        boolean isFilled() {
            return !text.equals(written);
        }

        /** A sentence about this value; another one, without the value, where a variable was filled in. */
        String hide(String sentence) {
            return isFilled() ? "what `" + written + "` gives is no name that can be used here" : sentence;
        }

        @Override
        public String kind() {
            return "a single value";
        }
    }

    record Sequence(List<Value> items, Place place) implements Value {

        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    record Mapping(Map<String, Entry> entries, Place place) implements Value {

        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        static Mapping empty(Place place) {
            return new Mapping(Map.of(), place);
        }

        Optional<Value> get(String key) {
            Entry entry = entries.get(key);
            return entry == null ? Optional.empty() : Optional.of(entry.value());
        }

        @Override
        public String kind() {
            return "a map";
        }
    }

    /** A key with nothing behind it. */
    record Empty(Place place) implements Value {

        @Override
        public String kind() {
            return "empty";
        }
    }

    /** What has been told to be wrong already: present, but of no further use. */
    record Broken(Place place) implements Value {

        @Override
        public String kind() {
            return "broken";
        }
    }

    /** @param place of the key */
    record Entry(Place place, Value value) {}
}
