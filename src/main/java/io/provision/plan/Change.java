package io.provision.plan;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What becomes of one resource. It holds what was seen before and what is to stand after, so that turning it round
 * looks nothing up.
 *
 * @param instance whose it is; {@link #SHARED} where it belongs to several
 * @param before what stood there when the change was planned
 * @param after what is to stand there
 * @param reason why, as a sentence without a full stop
 */
public record Change(
        String instance, Optional<Resource> before, Optional<Resource> after, String reason, List<Hazard> hazards) {

    /** Not a possible instance name. */
    public static final String SHARED = "*";

    public Change {
        Objects.requireNonNull(instance, "instance");
        Objects.requireNonNull(before, "before");
        Objects.requireNonNull(after, "after");
        Objects.requireNonNull(reason, "reason");
        hazards = List.copyOf(hazards);
        if (before.equals(after)) {
            throw new IllegalArgumentException("a change changes something");
        }
        if (before.isPresent() && after.isPresent() && !before.get().id().equals(after.get().id())) {
            throw new IllegalArgumentException("a change is about one resource");
        }
    }

    /** An instance as a sentence names it; {@link #SHARED}, too. */
    public static String named(String instance) {
        return instance.equals(SHARED) ? "what several instances share" : instance;
    }

    public ResourceId target() {
        return resource().id();
    }

    /** The resource that it is about, as it is to be, or else as it was. */
    public Resource resource() {
        return after.isPresent() ? after.get() : before.orElseThrow();
    }

    public Store store() {
        return resource().kind().store();
    }

    public boolean creates() {
        return before.isEmpty();
    }

    /** What undoes it. */
    public Change inverse() {
        return new Change(instance, after, before, "undoes: " + reason, List.of());
    }

    /** The same change, that ended elsewhere. */
    public Change reaching(Resource end) {
        return new Change(instance, before, Optional.of(end), reason, hazards);
    }

    /** Names the change inside its plan; the same change has the same id in every plan. */
    public String id() {
        return target().text();
    }
}
