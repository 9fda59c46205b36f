package io.provision.verify;

import io.provision.manifest.Instance;
import io.provision.plan.Desired;
import io.provision.plan.RedisResource.AclUser;
import io.provision.plan.ResourceId;
import io.provision.plan.acl.AclRules.Login;
import io.provision.redis.PasswordHash;
import io.provision.redis.RedisStore;
import io.provision.redis.SeenUser;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Whether each instance's Redis user is let in with the password that the manifest knows, on every server. Nobody logs
 * in: the servers tell what they keep of passwords, and that is what a login is held against.
 */
final class RedisLoginProof {

    private static final String NAME = "redis_login";

    private final RedisStore redis;
    private final Function<String, Optional<PasswordHash>> passwords;
    private final List<Check> checks = new ArrayList<>();
    private final UnknownPasswords unknown = new UnknownPasswords();

    /** @param passwords of users, where they are known */
    RedisLoginProof(RedisStore redis, Function<String, Optional<PasswordHash>> passwords) {
        this.redis = redis;
        this.passwords = passwords;
    }

    /** @param desired has the users; that they stand is proved elsewhere */
    Evidence prove(Desired desired, Collection<Instance> instances) {
        Set<String> names = instances.stream().map(i -> i.names().redisUser()).collect(Collectors.toSet());
        List<AclUser> users = desired.state().each(AclUser.class)
                .filter(user -> names.contains(user.name()))
                .toList();
        Map<ResourceId, SeenUser> seen = redis.users(users);
        Map<String, Map<AclUser, List<PasswordHash>>> kept = redis.passwords(users).entrySet().stream()
                .filter(user -> Optional.ofNullable(seen.get(user.getKey().id()))
                        .filter(stood -> stood.user().rules().login() != Login.ANYTHING)
                        .isPresent())
                .collect(Collectors.groupingBy(
                        user -> user.getKey().name(), Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
        instances.stream()
                .filter(instance -> kept.containsKey(instance.names().redisUser()))
                .forEach(instance -> look(instance, kept.get(instance.names().redisUser())));
        return new Evidence(checks, List.of(), unknown.told(
                "%s: it is not proved that %s is let in, because its password is not known here",
                "it is not proved for %d instances that their Redis users are let in, because the passwords are not"
                        + " known here: %s"));
    }

    private void look(Instance instance, Map<AclUser, List<PasswordHash>> kept) {
        String user = instance.names().redisUser();
        passwords.apply(user).ifPresentOrElse(
                known -> checks.add(check(instance, known, kept)),
                () -> unknown.add(instance.name(), user));
    }

    private static Check check(Instance instance, PasswordHash known, Map<AclUser, List<PasswordHash>> kept) {
        List<String> without = kept.entrySet().stream()
                .filter(user -> !user.getValue().contains(known))
                .map(user -> user.getKey().target())
                .sorted()
                .toList();
        return without.isEmpty()
                ? Check.holds(
                        instance.name(),
                        NAME,
                        "%s is let in with its password (%d)".formatted(instance.names().redisUser(), kept.size()))
                : Check.fails(
                        instance.name(),
                        NAME,
                        "%s has another password than the manifest".formatted(String.join(", ", without)),
                        ("`provision rotate %s` gives it and the role new ones; or let the manifest's `redis_password:`"
                                + " be its own").formatted(instance.name()));
    }
}
