package io.provision.apply;

import io.provision.manifest.Instance;
import io.provision.plan.acl.AclNode;
import io.provision.plan.acl.AllowList;
import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import io.provision.redis.RedisStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The servers on which each instance has a user, as far as a manifest wants users: what should stand depends on them,
 * and they are found in a moment, where the users take a while.
 *
 * @param redis empty where none are wanted, or the servers cannot be asked
 * @param nodes none then
 * @param refusals why a plan is refused
 */
record UserServers(Optional<RedisStore> redis, List<AclNode> nodes, List<Problem> refusals) {

    UserServers {
        Objects.requireNonNull(redis, "redis");
        nodes = List.copyOf(nodes);
        refusals = List.copyOf(refusals);
    }

    /**
     * Where they cannot be asked, or refuse, that is a reason to refuse the plan.
     *
     * @param looking whether it is enough that the login may look at users
     */
    static UserServers find(Scope scope, Stores stores, boolean looking) {
        Optional<RedisStore> redis = stores.redisOfUsers(scope);
        if (redis.isEmpty()) {
            return new UserServers(redis, List.of(), List.of());
        }
        try {
            List<AclNode> nodes = looking ? redis.get().aclNodesSeen() : redis.get().aclNodes();
            return new UserServers(redis, nodes, refusals(scope, redis.get(), nodes));
        } catch (ProvisionException e) {
            return refusing(e);
        }
    }

    /** @throws ProvisionException what it is given, where that is no reason to refuse a plan but to end */
    static UserServers refusing(ProvisionException e) {
        if (e.exitCode() != ExitCode.REFUSED) {
            throw e;
        }
        return new UserServers(Optional.empty(), List.of(), e.problems());
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
}
