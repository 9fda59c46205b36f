package io.provision.embedded;

import java.util.Optional;
import java.util.function.Supplier;

/** A value that is worked out when it is first asked for, and then kept. */
final class Lazy<T> {

    private final Supplier<T> work;
    private Optional<T> value = Optional.empty();

    Lazy(Supplier<T> work) {
        this.work = work;
    }

    synchronized T get() {
        if (value.isEmpty()) {
            value = Optional.of(work.get());
        }
        return value.get();
    }
}
