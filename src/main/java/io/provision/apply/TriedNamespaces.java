package io.provision.apply;

import io.provision.manifest.Instance;
import io.provision.plan.Change;
import io.provision.plan.Desired;
import io.provision.plan.Live;
import io.provision.plan.Plan;
import io.provision.plan.Planner;
import io.provision.plan.RedisResource.AclUser;
import io.provision.plan.RedisResource.ValidatedNamespace;
import io.provision.plan.ResourceId;
import io.provision.plan.State;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Namespaces that the journal does not know of because they were tried by a run without PostgreSQL ({@code --only},
 * {@code cli.md}), which leaves a user standing only where its namespace was found to be good. So where an instance's
 * user and all else of it stand as they should, nothing is left to do for it; also where another hand made the user, or
 * that run was killed before it came to the namespace, which nothing here can tell apart. As soon as anything is to be
 * done, the namespace is tried with that, and journaled.
 */
final class TriedNamespaces {

    private final Live live;
    private final Map<String, Instance> instances;
    private final Map<String, Set<ResourceId>> users = new HashMap<>();

    private TriedNamespaces(Live live, Desired desired, Map<String, Instance> instances) {
        this.live = live;
        this.instances = instances;
        desired.state().resources().forEach((id, resource) -> {
            if (resource instanceof AclUser user) {
                users.computeIfAbsent(user.name(), name -> new HashSet<>()).add(id);
            }
        });
    }

    /**
     * The plan without those.
     *
     * @param instances by name
     */
    static Plan plan(Live live, Desired desired, Map<String, Instance> instances) {
        Plan plan = Planner.plan(live, desired);
        State tried = new TriedNamespaces(live, desired, instances).among(plan);
        return tried.resources().isEmpty()
                ? plan
                : Planner.plan(live.with(new Live(tried, List.of())), desired);
    }

    private State among(Plan plan) {
        Set<ResourceId> changed = plan.changes().stream()
                .filter(change -> change.resource() instanceof AclUser)
                .map(Change::target)
                .collect(Collectors.toSet());
        return State.of(plan.byInstance().entrySet().stream()
                .filter(entry -> entry.getValue().stream().allMatch(TriedNamespaces::tries))
                .filter(entry -> hasUsers(entry.getKey(), changed))
                .flatMap(entry -> entry.getValue().stream().map(Change::resource))
                .toList());
    }

    private static boolean tries(Change change) {
        return change.creates() && change.resource() instanceof ValidatedNamespace;
    }

    /** On every server; none of them is to be changed, and none unseen. Several instances may share theirs. */
    private boolean hasUsers(String instance, Set<ResourceId> changed) {
        Set<ResourceId> own = Optional.ofNullable(instances.get(instance))
                .map(listed -> users.get(listed.names().redisUser()))
                .orElse(Set.of());
        return !own.isEmpty()
                && live.state().resources().keySet().containsAll(own)
                && Collections.disjoint(own, changed);
    }
}
