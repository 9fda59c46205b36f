package io.provision.manifest;

import io.provision.problem.Place;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Settings after the cascade, by key. What is broken counts as not said: it has been told. */
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
        return get(key).flatMap(value -> as(Value.Sequence.class, value)).stream()
                .flatMap(sequence -> sequence.items().stream())
                .flatMap(item -> as(Value.Scalar.class, item).stream())
                .toList();
    }

    List<String> texts(String key) {
        return list(key).stream().map(Value.Scalar::text).toList();
    }

    Settings below(String key) {
        Place where = place(key);
        return get(key).flatMap(value -> as(Value.Mapping.class, value))
                .map(mapping -> new Settings(mapping, where))
                .orElseGet(() -> new Settings(Value.Mapping.empty(where), where));
    }

    Map<String, Value.Entry> entries() {
        return values.entries();
    }

    /** Of the value where there is one, otherwise of what these settings stand in. */
    Place place(String key) {
        return get(key).map(Value::place).filter(p -> !BuiltIn.is(p)).orElse(place);
    }

    static <V extends Value> Optional<V> as(Class<V> type, Value value) {
        return Optional.of(value).filter(type::isInstance).map(type::cast);
    }
}
