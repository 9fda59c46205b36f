package io.provision.apply;

import io.provision.plan.RedisResource.AclUser;
import io.provision.plan.Resource;
import io.provision.plan.ResourceId;
import io.provision.plan.acl.AclNode;
import io.provision.plan.acl.AclRules;
import io.provision.plan.acl.AclRules.Login;
import io.provision.plan.rollback.NetChange;
import io.provision.plan.rollback.Remark;
import io.provision.redis.RedisStore;
import io.provision.redis.SeenUser;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Looks at the users that runs made or altered, on the servers that there are now. */
final class UserLook {

    private final List<NetChange> seen = new ArrayList<>();
    private final List<Remark> elsewhere = new ArrayList<>();
    private final List<Resource> standing = new ArrayList<>();

    /** @param redis asked only where there is a user among the changes; empty where users are left alone */
    UserLook(Collection<NetChange> nets, Optional<RedisStore> redis) {
        List<AclUser> users = nets.stream()
                .map(NetChange::resource)
                .filter(AclUser.class::isInstance)
                .map(AclUser.class::cast)
                .toList();
        if (users.isEmpty()) {
            seen.addAll(nets);
            return;
        }
        if (redis.isEmpty()) {
            leaveAlone(nets);
            return;
        }
        Set<String> nodes = redis.get().aclNodes().stream().map(AclNode::name).collect(Collectors.toSet());
        Map<ResourceId, SeenUser> found = redis.get().users(users);
        for (NetChange net : nets) {
            if (net.resource() instanceof AclUser user && !nodes.contains(user.node())) {
                elsewhere.add(Remark.onFormerServer(net, user.node()));
            } else {
                seen.add(net);
                Optional.ofNullable(found.get(net.target())).map(user -> inWordsOf(net, user)).ifPresent(standing::add);
            }
        }
    }

    private void leaveAlone(Collection<NetChange> nets) {
        for (NetChange net : nets) {
            if (net.resource() instanceof AclUser) {
                elsewhere.add(Remark.withoutUsers(net));
            } else {
                seen.add(net);
            }
        }
    }

    /** Where it means what the tool left, or found, that is how it is said. */
    private static AclUser inWordsOf(NetChange net, SeenUser found) {
        for (Optional<Resource> known : List.of(net.after(), net.before())) {
            Optional<AclUser> user = known.map(AclUser.class::cast).filter(k -> found.means(alike(k, found)));
            if (user.isPresent()) {
                return user.get();
            }
        }
        return found.user();
    }

    /** Who was left without a password may have been given one, as it should. */
    private static AclRules alike(AclUser known, SeenUser found) {
        boolean given = known.rules().login() == Login.NOTHING && found.user().rules().login() == Login.PASSWORD;
        return given ? known.rules().withLogin(Login.PASSWORD) : known.rules();
    }

    /** All that is to be undone here. */
    List<NetChange> seen() {
        return seen;
    }

    List<Remark> elsewhere() {
        return elsewhere;
    }

    List<Resource> standing() {
        return standing;
    }
}
