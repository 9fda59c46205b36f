package io.provision.plan;

import java.util.Comparator;
import java.util.Objects;

/**
 * What tells resources of a state apart.
 *
 * @param kind the kind of thing, such as {@code schema}
 * @param target which one of them, readable
 */
public record ResourceId(Store store, String kind, String target) implements Comparable<ResourceId> {

    private static final Comparator<ResourceId> ORDER = Comparator.comparing(ResourceId::store)
            .thenComparing(ResourceId::kind)
            .thenComparing(ResourceId::target);

    public ResourceId {
        Objects.requireNonNull(store, "store");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(target, "target");
    }

    @Override
    public int compareTo(ResourceId other) {
        return ORDER.compare(this, other);
    }
}
