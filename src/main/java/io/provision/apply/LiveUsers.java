package io.provision.apply;

import io.provision.manifest.Instance;
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
import io.provision.plan.acl.AllowList;
import io.provision.plan.acl.Permission;
import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
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

    private final Scope scope;
    private final Optional<RedisStore> redis;
    private final List<AclNode> nodes;
    private final Map<ResourceId, SeenUser> seen;
    private final List<Problem> refusals;

    private LiveUsers(
            Scope scope,
            Optional<RedisStore> redis,
            List<AclNode> nodes,
            Map<ResourceId, SeenUser> seen,
            List<Problem> refusals) {
        this.scope = scope;
        this.redis = redis;
        this.nodes = nodes;
        this.seen = seen;
        this.refusals = refusals;
    }

    /**
     * Finds the servers, and looks at the users there: it takes Redis a while, and meanwhile PostgreSQL can be looked
     * at. Where they cannot be asked, or refuse, that is a reason to refuse the plan.
     *
     * @param looking whether it is enough that the login may look at users
     */
    static LiveUsers of(Scope scope, Stores stores, boolean looking) {
        Optional<RedisStore> redis = stores.redisOfUsers(scope);
        if (redis.isEmpty()) {
            return new LiveUsers(scope, redis, List.of(), Map.of(), List.of());
        }
        try {
            List<AclNode> nodes = looking ? redis.get().aclNodesSeen() : redis.get().aclNodes();
            Map<ResourceId, SeenUser> seen = redis.get().users(named(scope, nodes));
            return new LiveUsers(scope, redis, nodes, seen, refusals(scope, redis.get(), nodes));
        } catch (ProvisionException e) {
            if (e.exitCode() != ExitCode.REFUSED) {
                throw e;
            }
            return new LiveUsers(scope, Optional.empty(), List.of(), Map.of(), e.problems());
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

    private static List<Problem> refusals(Scope scope, RedisStore redis, List<AclNode> nodes) {
        List<Problem> refusals = new ArrayList<>();
        AllowList allowList = new AllowList(scope.manifest().redis().commands());
        for (AclNode node : nodes) {
            allowList.unknownTo(node).forEach(word -> refusals.add(Problem.error(
                            "`redis.commands` has %s, which Redis%s does not know".formatted(word, at(node)))
                    .remedy("correct it, or leave it out")));
        }
        for (Instance instance : scope.manifest().instances()) {
            if (instance.names().redisUser().equals(redis.login())) {
                refusals.add(Problem.error("the Redis user %s of %s is the one that runs this"
                                .formatted(redis.login(), instance.name()))
                        .remedy("set another `redis_user:`, or put another user into `redis.url`"));
            }
        }
        return refusals;
    }

    private static String at(AclNode node) {
        return node.name().equals(AclNode.NAMED) ? "" : " at " + node.name();
    }

    /** The servers on which each instance has a user. */
    List<AclNode> nodes() {
        return nodes;
    }

    Optional<RedisStore> redis() {
        return redis;
    }

    /** Those of {@code desired} that stand: in the words that are desired, where they mean the same. */
    Live live(Desired desired) {
        List<AclUser> wanted = desired.state().resources().values().stream()
                .filter(AclUser.class::isInstance)
                .map(AclUser.class::cast)
                .toList();
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
        if (nodes.stream().anyMatch(node -> !node.readOnlyKeys())) {
            notes.add("Redis before 7.0 knows no keys that are only read: instances can write each other's discovery"
                    + " entries there");
        }
        if (plan.changes().stream().anyMatch(change -> change.resource() instanceof AclUser)) {
            redis.ifPresent(store -> notes.addAll(store.usersToBeLost()));
        }
        return plan.noting(notes).refusedFor(refusals);
    }
}
