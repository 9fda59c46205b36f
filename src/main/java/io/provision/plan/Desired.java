package io.provision.plan;

import io.provision.plan.MigrationResource.CompatView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

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

    /** With what is to stand for objects that move. */
    public Desired with(Moves moves) {
        SortedMap<ResourceId, Resource> resources = new TreeMap<>(state.resources());
        Map<ResourceId, String> owners = new TreeMap<>(instances);
        moves.wanted().forEach((resource, instance) -> {
            resources.putIfAbsent(resource.id(), marked(resource, instance));
            owners.putIfAbsent(resource.id(), instance);
        });
        return new Desired(new State(resources), owners, mark);
    }

    private Resource marked(Resource resource, String instance) {
        return resource instanceof CompatView view
                ? view.marked(new Mark(mark.ecosystem(), instance, mark.database()))
                : resource;
    }

    /** Those of the resources. */
    public Desired of(Set<ResourceId> ids) {
        return where((instance, resource) -> ids.contains(resource.id()));
    }

    /** A part of it, by instance and resource. */
    public Desired where(BiPredicate<String, Resource> part) {
        SortedMap<ResourceId, Resource> resources = new TreeMap<>(state.resources());
        resources.values().removeIf(resource -> !part.test(instances.get(resource.id()), resource));
        Map<ResourceId, String> some = new TreeMap<>(instances);
        some.keySet().retainAll(resources.keySet());
        return new Desired(new State(resources), some, mark);
    }

    /** Each instance's own part of a store, the shared one under {@link Change#SHARED}; in one pass over all. */
    public Map<String, Desired> byInstance(Store store) {
        Map<String, List<Resource>> parts = new HashMap<>();
        state.resources().values().stream()
                .filter(resource -> resource.id().store() == store)
                .forEach(resource -> parts.computeIfAbsent(instanceOf(resource.id()), i -> new ArrayList<>())
                        .add(resource));
        Map<String, Desired> result = new HashMap<>();
        parts.forEach((instance, resources) -> result.put(
                instance,
                new Desired(
                        State.of(resources),
                        resources.stream().collect(Collectors.toMap(Resource::id, resource -> instance)),
                        mark)));
        return result;
    }

    public String instanceOf(ResourceId id) {
        return instances.get(id);
    }
}
