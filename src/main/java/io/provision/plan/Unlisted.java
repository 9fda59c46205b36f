package io.provision.plan;

import java.util.Objects;
import java.util.Optional;

/**
 * Something that stands, that the tool made for this ecosystem, and that the manifest does not list any more. It is
 * told, and never taken away by {@code init}.
 *
 * @param instance the instance that it was made for
 * @param remedy the command that takes it away; empty where none takes it alone
 */
public record Unlisted(ResourceId resource, String instance, Optional<String> remedy) {

    public Unlisted {
        Objects.requireNonNull(resource, "resource");
        Objects.requireNonNull(instance, "instance");
        Objects.requireNonNull(remedy, "remedy");
    }

    public Unlisted(ResourceId resource, String instance) {
        this(resource, instance, Optional.empty());
    }

    public Unlisted with(String command) {
        return new Unlisted(resource, instance, Optional.of(command));
    }
}
