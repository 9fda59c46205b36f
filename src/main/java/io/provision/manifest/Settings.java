package io.provision.manifest;

import io.provision.problem.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Settings after the cascade, by key. What is broken counts as not said: it has been told. Read some hundred times for
 * each instance, by code that is not compiled yet: without streams.
 */
record Settings(Value.Mapping values, Place place) {

    Optional<Value> get(String key) {
        return values.get(key);
    }

    boolean isBroken(String key) {
        return get(key).filter(v -> v instanceof Value.Broken).isPresent();
    }

    /** Whether anything below is broken. */
    boolean hasBroken() {
        return entries().values().stream().anyMatch(entry -> entry.value() instanceof Value.Broken);
    }

    Optional<Value.Scalar> scalar(String key) {
        return get(key).flatMap(value -> as(Value.Scalar.class, value));
    }

    Optional<String> text(String key) {
        return scalar(key).map(Value.Scalar::text);
    }

    boolean yes(String key) {
        return text(key).filter("true"::equals).isPresent();
    }

    <E extends Enum<E>> E choice(String key, Class<E> type, E otherwise) {
        return text(key).map(text -> Enum.valueOf(type, text.toUpperCase(Locale.ROOT))).orElse(otherwise);
    }

    List<Value.Scalar> list(String key) {
        Optional<Value.Sequence> sequence = get(key).flatMap(value -> as(Value.Sequence.class, value));
        if (sequence.isEmpty()) {
            return List.of();
        }
        List<Value.Scalar> items = new ArrayList<>();
        for (Value item : sequence.get().items()) {
            as(Value.Scalar.class, item).ifPresent(items::add);
        }
        return items;
    }

    List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        list(key).forEach(item -> texts.add(item.text()));
        return texts;
    }

    Settings below(String key) {
        Place where = place(key);
        Optional<Value.Mapping> mapping = get(key).flatMap(value -> as(Value.Mapping.class, value));
        return new Settings(mapping.isPresent() ? mapping.get() : Value.Mapping.empty(where), where);
    }

    Map<String, Value.Entry> entries() {
        return values.entries();
    }

    /** Of the value where there is one, otherwise of what these settings stand in. */
    Place place(String key) {
        return get(key).map(Value::place).filter(p -> !BuiltIn.is(p)).orElse(place);
    }

    static <V extends Value> Optional<V> as(Class<V> type, Value value) {
        return type.isInstance(value) ? Optional.of(type.cast(value)) : Optional.empty();
    }
}
