package io.provision.plan.rollback;

import io.provision.plan.Effect;
import io.provision.plan.Resource;
import io.provision.plan.ResourceId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What all recorded changes of one resource come to, and what of that nobody has taken back.
 *
 * @param instance whose it is, as the newest of them says
 * @param before what would stand there, had the tool never come
 * @param after what the tool left there
 * @param last the newest of them
 * @param first the oldest that still counts
 * @param effects what files of {@code sql:} did, as far as it still counts, in order
 */
public record NetChange(
        String instance,
        Optional<Resource> before,
        Optional<Resource> after,
        Recorded last,
        Recorded first,
        List<Effect> effects) {

    public NetChange {
        Objects.requireNonNull(instance, "instance");
        Objects.requireNonNull(before, "before");
        Objects.requireNonNull(after, "after");
        Objects.requireNonNull(last, "last");
        Objects.requireNonNull(first, "first");
        effects = List.copyOf(effects);
    }

    /** Of what tells one from others, and not of all that a file did: that takes long, and they are looked up often. */
    @Override
    public int hashCode() {
        return Long.hashCode(last.id());
    }

    /** The resource, as the tool left it, or else as it was. */
    public Resource resource() {
        return after.or(() -> before).orElseThrow();
    }

    public ResourceId target() {
        return resource().id();
    }

    /** Whether the tool made it. */
    boolean made() {
        return before.isEmpty();
    }
}
