package io.provision.apply;

import io.provision.apply.Credential.Kind;
import io.provision.plan.Change;
import io.provision.plan.RedisResource.AclUser;
import io.provision.plan.RedisResource.UserPassword;
import io.provision.problem.Problem;
import io.provision.redis.PasswordHash;
import io.provision.redis.RedisStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a rotation does to Redis users on each server, as their passwords are now. */
final class RotatedUsers {

    private final RotationRequest request;
    private final Map<String, List<AclUser>> users;
    private final Map<AclUser, List<PasswordHash>> hashes;
    private final List<Problem> refusals = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /**
     * @param wanted on each server
     * @param passwords read where somebody else keeps them
     */
    RotatedUsers(
            RotationRequest request,
            Optional<RedisStore> redis,
            Collection<AclUser> wanted,
            Collection<Credential> chosen,
            NewPasswords passwords) {
        this.request = request;
        this.users = wanted.stream().collect(Collectors.groupingBy(AclUser::name));
        this.hashes = redis.map(store -> store.passwords(wanted)).orElse(Map.of());
        for (Credential credential : chosen) {
            if (credential.kind() != Kind.USER) {
                continue;
            }
            if (request.retiresOld()) {
                requireCurrent(credential, passwords.current(credential));
            } else {
                passwords.kept(credential)
                        .filter(hash -> of(credential).stream().allMatch(user -> has(user, hash)))
                        .ifPresent(hash -> notes.add("%s holds the password that %s has already"
                                .formatted(credential.sourceWords(), credential.words())));
            }
        }
    }

    private void requireCurrent(Credential credential, PasswordHash current) {
        for (AclUser user : of(credential)) {
            if (!has(user, current)) {
                refusals.add(Problem.error("%s does not take the password that %s holds, and would take none any more"
                                .formatted(credential.words(), credential.sourceWords()))
                        .remedy("run `provision rotate %s` first".formatted(String.join(" ", credential.instances()))));
            } else if (hashes.get(user).size() == 1) {
                users.get(user.name()).remove(user);
            }
        }
    }

    private boolean has(AclUser user, PasswordHash hash) {
        return hashes.getOrDefault(user, List.of()).contains(hash);
    }

    /** On each server where something is to be done. */
    List<AclUser> of(Credential credential) {
        return credential.kind() == Kind.USER
                ? List.copyOf(users.getOrDefault(credential.name(), List.of()))
                : List.of();
    }

    List<Change> changes(Credential credential) {
        return of(credential).stream()
                .map(user -> new Change(
                        credential.instance(),
                        Optional.empty(),
                        Optional.of(new UserPassword(
                                user.name(), user.node(), request.run().id(), request.retiresOld())),
                        request.retiresOld()
                                ? "the password from %s alone is to be valid".formatted(credential.sourceWords())
                                : "a further one, from %s".formatted(credential.sourceWords()),
                        List.of()))
                .toList();
    }

    List<Problem> refusals() {
        return refusals.stream().distinct().toList();
    }

    List<String> notes() {
        return notes;
    }
}
