package io.provision.apply;

import io.provision.plan.Change;
import io.provision.plan.Desired;
import io.provision.plan.Live;
import io.provision.plan.Plan;
import io.provision.plan.Planner;
import io.provision.plan.RedisResource.AclUser;
import io.provision.plan.RedisResource.ValidatedNamespace;
import io.provision.plan.Resource;
import io.provision.plan.ResourceId;
import io.provision.plan.State;
import io.provision.plan.Store;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Namespaces that the journal does not know of because they were tried by a run without PostgreSQL ({@code --only},
 * {@code cli.md}): a user is left standing only where its namespace was found to be good. So where an instance's user
 * and all else of it stand as they should, nothing is left to do for it. As soon as anything is, its namespace is tried
 * with that, and journaled.
 */
final class TriedNamespaces {

    private final Live live;
    private final Map<String, List<Resource>> inRedis;

    private TriedNamespaces(Live live, Desired desired) {
        this.live = live;
        this.inRedis = desired.byInstance(Store.REDIS);
    }

    /** The plan without those. */
    static Plan plan(Live live, Desired desired) {
        Plan plan = Planner.plan(live, desired);
        State tried = new TriedNamespaces(live, desired).among(plan);
        return tried.resources().isEmpty()
                ? plan
                : Planner.plan(live.with(new Live(tried, List.of())), desired);
    }

    private State among(Plan plan) {
        return State.of(plan.byInstance().entrySet().stream()
                .filter(entry -> entry.getValue().stream().allMatch(TriedNamespaces::tries))
                .filter(entry -> hasUsers(entry.getKey()))
                .flatMap(entry -> entry.getValue().stream().map(Change::resource))
                .toList());
    }

    private static boolean tries(Change change) {
        return change.creates() && change.resource() instanceof ValidatedNamespace;
    }

    /** On every server; none of them is to be changed, and none unseen. */
    private boolean hasUsers(String instance) {
        List<ResourceId> users = inRedis.getOrDefault(instance, List.of()).stream()
                .filter(AclUser.class::isInstance)
                .map(Resource::id)
                .toList();
        Set<ResourceId> standing = live.state().resources().keySet();
        return !users.isEmpty() && standing.containsAll(users);
    }
}
