package io.provision.plan;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What should stand, and whose it is.
 *
 * @param state the resources
 * @param instances the instance of each resource, or {@link Change#SHARED}
 * @param mark the mark of this manifest in this database
 */
public record Desired(State state, Map<ResourceId, String> instances, Mark mark) {

    public Desired {
        Objects.requireNonNull(state, "state");
        instances = Collections.unmodifiableMap(new TreeMap<>(instances));
        Objects.requireNonNull(mark, "mark");
        if (!instances.keySet().equals(state.resources().keySet())) {
            throw new IllegalArgumentException("each resource has an instance");
        }
    }

    public String instanceOf(ResourceId id) {
        return instances.get(id);
    }
}
