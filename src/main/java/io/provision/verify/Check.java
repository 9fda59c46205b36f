package io.provision.verify;

import java.util.Objects;
import java.util.Optional;

/**
 * One thing that was looked at.
 *
 * @param instance whose it is; {@link Breach#EVERY} where it belongs to several
 * @param name what was looked at, in the words of {@code plan -o json} where it is a kind of resource
 * @param detail what was found, as a sentence without a full stop
 * @param remedy what mends it, where something is wrong
 */
public record Check(String instance, String name, boolean ok, String detail, Optional<String> remedy) {

    public Check {
        Objects.requireNonNull(instance, "instance");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(detail, "detail");
        Objects.requireNonNull(remedy, "remedy");
    }

    static Check holds(String instance, String name, String detail) {
        return new Check(instance, name, true, detail, Optional.empty());
    }

    static Check fails(String instance, String name, String detail, String remedy) {
        return new Check(instance, name, false, detail, Optional.of(remedy));
    }
}
