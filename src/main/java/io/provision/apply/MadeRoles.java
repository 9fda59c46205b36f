package io.provision.apply;

import io.provision.plan.Change;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the {@link RolePhase} made. It goes on with that while others ask. */
final class MadeRoles {

    private final List<Change> all = new ArrayList<>();
    private final Map<String, List<Change>> byInstance = new HashMap<>();

    synchronized void add(Collection<Change> made) {
        all.addAll(made);
        made.forEach(change -> byInstance.computeIfAbsent(change.instance(), i -> new ArrayList<>()).add(change));
    }

    /** In order. */
    synchronized List<Change> all() {
        return List.copyOf(all);
    }

    synchronized List<Change> of(String instance) {
        return List.copyOf(byInstance.getOrDefault(instance, List.of()));
    }

    /** All roles first: to take roles and memberships back by turns costs more the more of them there are. */
    List<Change> of(Collection<String> instances) {
        return instances.stream()
                .flatMap(instance -> of(instance).stream())
                .sorted(Comparator.comparing(change -> change.resource().kind()))
                .toList();
    }
}
