package io.provision.apply;

import io.provision.journal.OpenIntent;
import io.provision.plan.RedisResource.AclUser;
import io.provision.plan.RedisResource.UserPassword;
import io.provision.plan.Resource;
import io.provision.plan.RolePassword;
import io.provision.plan.acl.AclRules;
import io.provision.plan.acl.AclRules.Login;
import io.provision.plan.acl.Permission;
import io.provision.postgres.Session;
import io.provision.postgres.StandingRoles;
import io.provision.redis.RedisStore;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Tells which killed rotations are over, whoever dropped the roles and users whose passwords they were about. */
final class KilledRotations {

    /** Who is asked for is told by name and server alone. */
    private static final AclRules NONE =
            new AclRules(true, Login.NOTHING, true, List.of(new Permission("-@all", List.of(), List.of())));

    private final Set<String> roles;
    private final boolean seesUsers;
    private final Set<AclUser> users;

    private KilledRotations(Set<String> roles, boolean seesUsers, Set<AclUser> users) {
        this.roles = roles;
        this.seesUsers = seesUsers;
        this.users = users;
    }

    /** @param redis empty where users are left out */
    static KilledRotations look(Session session, Collection<OpenIntent> rotations, Optional<RedisStore> redis) {
        List<String> roles = rotations.stream().flatMap(KilledRotations::roles).distinct().toList();
        List<AclUser> users = rotations.stream().flatMap(KilledRotations::users).distinct().toList();
        Set<String> standing = StandingRoles.among(session, roles);
        Set<AclUser> withPasswords = redis.filter(store -> !users.isEmpty())
                .map(store -> Snapshot.whileAsking(session, () -> store.passwords(users).keySet()))
                .orElse(Set.of());
        return new KilledRotations(standing, redis.isPresent(), withPasswords);
    }

    /**
     * Whether nobody is there any more who might be locked out. Of users alone that is not told where they are not
     * asked; with a role that is gone, the password is gone that they had to agree with.
     */
    boolean isOver(OpenIntent rotation) {
        return roles(rotation).noneMatch(roles::contains)
                && users(rotation).noneMatch(users::contains)
                && (seesUsers || roles(rotation).findAny().isPresent());
    }

    private static Stream<String> roles(OpenIntent intent) {
        return resources(intent).filter(RolePassword.class::isInstance).map(r -> ((RolePassword) r).role());
    }

    private static Stream<AclUser> users(OpenIntent intent) {
        return resources(intent)
                .filter(UserPassword.class::isInstance)
                .map(UserPassword.class::cast)
                .map(password -> new AclUser(password.user(), password.node(), NONE));
    }

    private static Stream<Resource> resources(OpenIntent intent) {
        return intent.changes().stream().map(entry -> entry.change().resource());
    }
}
