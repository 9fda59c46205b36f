package io.provision.apply;

import io.provision.plan.Desired;
import io.provision.plan.Live;
import io.provision.plan.Plan;
import io.provision.plan.RedisResource.AclUser;
import io.provision.plan.Resource;
import io.provision.plan.ResourceId;
import io.provision.plan.State;
import io.provision.plan.acl.AclNode;
import io.provision.plan.acl.AclRules;
import io.provision.plan.acl.AclRules.Login;
import io.provision.plan.acl.Permission;
import io.provision.problem.ProvisionException;
import io.provision.redis.RedisStore;
import io.provision.redis.SeenUser;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What stands in Redis of the users that a manifest wants; nothing is asked where it wants none. */
final class LiveUsers {

    private final UserServers servers;
    private final Map<ResourceId, SeenUser> seen;

    private LiveUsers(UserServers servers, Map<ResourceId, SeenUser> seen) {
        this.servers = servers;
        this.seen = seen;
    }

    /** Finds the servers, and looks at the users there. */
    static LiveUsers of(Scope scope, Stores stores) {
        return on(UserServers.find(scope, stores, false), scope);
    }

    /** Where users cannot be looked at, that is a reason to refuse the plan, which then knows nothing of users. */
    static LiveUsers on(UserServers servers, Scope scope) {
        try {
            return new LiveUsers(
                    servers,
                    servers.redis().map(redis -> redis.users(named(scope, servers.nodes()))).orElse(Map.of()));
        } catch (ProvisionException e) {
            return new LiveUsers(UserServers.refusing(e), Map.of());
        }
    }

    /** What they should be allowed is not known yet. */
    private static List<AclUser> named(Scope scope, List<AclNode> nodes) {
        AclRules none = new AclRules(false, Login.NOTHING, true, List.of(new Permission("", List.of(), List.of())));
        Set<String> names = scope.instances().stream()
                .map(instance -> instance.names().redisUser())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return nodes.stream()
                .flatMap(node -> names.stream().map(name -> new AclUser(name, node.name(), none)))
                .toList();
    }

    /** The servers on which each instance has a user. */
    List<AclNode> nodes() {
        return servers.nodes();
    }

    Optional<RedisStore> redis() {
        return servers.redis();
    }

    /**
     * Without users, where they could not be looked at: what is not seen is not taken for absent.
     *
     * @param desired with a user of each instance on each of {@code asked}
     */
    Desired known(Desired desired, UserServers asked) {
        return nodes().equals(asked.nodes())
                ? desired
                : desired.where((instance, resource) -> !(resource instanceof AclUser));
    }

    /** Those of {@code desired} that stand: in the words that are desired, where they mean the same. */
    Live live(Desired desired) {
        List<AclUser> wanted = desired.state().each(AclUser.class).toList();
        List<Resource> standing = new ArrayList<>();
        Map<ResourceId, String> reasons = new TreeMap<>();
        for (AclUser user : wanted) {
            Optional.ofNullable(seen.get(user.id())).ifPresent(found -> {
                AclRules adopted = user.rules().adopting(found.user().rules().login());
                List<String> differences = found.differences(adopted);
                standing.add(differences.isEmpty() ? user.with(adopted) : found.user());
                if (!differences.isEmpty()) {
                    reasons.put(user.id(), String.join("; ", differences));
                }
            });
        }
        return new Live(State.of(standing), List.of(), List.of(), Set.of(), Map.of(), List.of(), reasons);
    }

    /** The plan, with what is to be known, and refused, of users. */
    Plan with(Plan plan) {
        List<String> notes = new ArrayList<>();
        if (servers.nodes().stream().anyMatch(node -> !node.readOnlyKeys())) {
            notes.add("Redis before 7.0 knows no keys that are only read: instances can write each other's discovery"
                    + " entries there");
        }
        if (plan.changes().stream().anyMatch(change -> change.resource() instanceof AclUser)) {
            servers.redis().ifPresent(store -> notes.addAll(store.usersToBeLost()));
        }
        return plan.noting(notes).refusedFor(servers.refusals());
    }
}
