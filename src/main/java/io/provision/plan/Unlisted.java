package io.provision.plan;

import java.util.Objects;

/**
 * Something that stands, that the tool made for this ecosystem, and that the manifest does not list any more. It is
 * told, and never taken away by {@code init}.
 *
 * @param instance the instance that it was made for
 */
public record Unlisted(ResourceId resource, String instance) {

    public Unlisted {
        Objects.requireNonNull(resource, "resource");
        Objects.requireNonNull(instance, "instance");
    }
}
