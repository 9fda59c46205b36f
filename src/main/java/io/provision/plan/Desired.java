package io.provision.plan;

import io.provision.plan.MigrationResource.CompatView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Function;
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
        instances = Collections.unmodifiableSortedMap(new TreeMap<>(instances));
        Objects.requireNonNull(mark, "mark");
        // Both in order: one walk through them, and no search for each.
        if (!List.copyOf(instances.keySet()).equals(List.copyOf(state.resources().keySet()))) {
            throw new IllegalArgumentException("each resource has an instance");
        }
    }

    /** With what is to stand for objects that move. */
    public Desired with(Moves moves) {
        if (moves.wanted().isEmpty()) {
            return this;
        }
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

    /** Each instance's own resources in a store, the shared ones under {@link Change#SHARED}; in one pass over all. */
    public Map<String, List<Resource>> byInstance(Store store) {
        Map<String, List<Resource>> parts = new HashMap<>();
        state.resources().forEach((id, resource) -> {
            if (id.store() == store) {
                parts.computeIfAbsent(instanceOf(id), i -> new ArrayList<>()).add(resource);
            }
        });
        return parts;
    }

    /** @param resources all of this one instance */
    public Desired part(String instance, List<Resource> resources) {
        State part = State.of(resources);
        return new Desired(
                part,
                part.resources().keySet().stream().collect(Collectors.toMap(Function.identity(), id -> instance)),
                mark);
    }

    /** @throws NoSuchElementException where it is none of the resources */
    public String instanceOf(ResourceId id) {
        String instance = instances.get(id);
        if (instance == null) {
            throw new NoSuchElementException("nobody wants " + id);
        }
        return instance;
    }
}
