package io.provision.plan;

import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What stands, or what should stand: resources by identity. Desired and live state are the same type. */
public record State(SortedMap<ResourceId, Resource> resources) {

    public static final State EMPTY = new State(new TreeMap<>());

    public State {
        resources = Collections.unmodifiableSortedMap(new TreeMap<>(resources));
    }

    /** @throws IllegalArgumentException when two resources have one identity and are not equal */
    public static State of(Collection<? extends Resource> resources) {
        SortedMap<ResourceId, Resource> byId = new TreeMap<>();
        for (Resource resource : resources) {
            put(byId, resource.id(), resource);
        }
        return new State(byId);
    }

    /**
     * With others; their identities are worked out once, and of ten thousand instances take room.
     *
     * @throws IllegalArgumentException when two resources have one identity and are not equal
     */
    public State with(State others) {
        SortedMap<ResourceId, Resource> all = new TreeMap<>(resources);
        others.resources.forEach((id, resource) -> put(all, id, resource));
        return new State(all);
    }

    private static void put(SortedMap<ResourceId, Resource> all, ResourceId id, Resource resource) {
        Resource other = all.put(id, resource);
        if (other != null && !other.equals(resource)) {
            throw new IllegalArgumentException("two different resources are " + id);
        }
    }

    public Optional<Resource> find(ResourceId id) {
        return Optional.ofNullable(resources.get(id));
    }

    /** Those of one type, in order. */
    public <T extends Resource> Stream<T> each(Class<T> type) {
        return resources.values().stream().filter(type::isInstance).map(type::cast);
    }
}
