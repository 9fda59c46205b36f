package io.provision.apply;

import io.provision.problem.ProvisionException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** What has failed of what comes before the instances; it is told when all of a run's workers have ended. */
final class RunFaults {

    private final List<Throwable> shared = new CopyOnWriteArrayList<>();
    private final Map<String, ProvisionException> roles = new ConcurrentHashMap<>();

    /** What all instances need, or all those that come after. */
    void add(Throwable fault) {
        shared.add(fault);
    }

    /** The roles of one instance, which alone is left out. */
    void ofRoles(String instance, ProvisionException why) {
        roles.put(instance, why);
    }

    boolean any() {
        return !shared.isEmpty() || !roles.isEmpty();
    }

    /** In the order in which they came. */
    List<Throwable> shared() {
        return List.copyOf(shared);
    }

    /** Why the instance has no roles; empty where that is nothing of its own. */
    Optional<ProvisionException> ofRoles(String instance) {
        return Optional.ofNullable(roles.get(instance));
    }

    boolean areOfRoles() {
        return !roles.isEmpty();
    }

    /** Whether it is known what became of all that was begun. */
    boolean areKnown() {
        return shared.stream().noneMatch(CommitInDoubt.class::isInstance);
    }
}
