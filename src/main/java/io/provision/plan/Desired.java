package io.provision.plan;

import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiPredicate;

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

    /** What concerns some of the instances: their own resources, and the shared ones. */
    public Desired of(Collection<String> names) {
        Set<String> kept = new HashSet<>(names);
        kept.add(Change.SHARED);
        return where((instance, resource) -> kept.contains(instance));
    }

    /** A part of it, by instance and resource. */
    public Desired where(BiPredicate<String, Resource> part) {
        SortedMap<ResourceId, Resource> resources = new TreeMap<>(state.resources());
        resources.values().removeIf(resource -> !part.test(instances.get(resource.id()), resource));
        Map<ResourceId, String> some = new TreeMap<>(instances);
        some.keySet().retainAll(resources.keySet());
        return new Desired(new State(resources), some, mark);
    }

    public String instanceOf(ResourceId id) {
        return instances.get(id);
    }
}
