package io.provision.status;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a look was after: what it found, or why it could not be seen. Neither, where it was left out.
 *
 * @param unknown why it could not be seen, as a sentence without a full stop
 */
public record Seen<T>(Optional<T> value, Optional<String> unknown) {

    public Seen {
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(unknown, "unknown");
    }

    static <T> Seen<T> of(T value) {
        return new Seen<>(Optional.of(value), Optional.empty());
    }

    static <T> Seen<T> unknown(String why) {
        return new Seen<>(Optional.empty(), Optional.of(why));
    }

    static <T> Seen<T> leftOut() {
        return new Seen<>(Optional.empty(), Optional.empty());
    }

    <R> Seen<R> map(Function<T, R> function) {
        return new Seen<>(value.map(function), unknown);
    }
}
