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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a rotation does to Redis users on each server, as their passwords are now. */
final class RotatedUsers {

    private final RotationRequest request;
    private final Map<String, List<AclUser>> users;
    private final List<Problem> refusals;
    private final List<String> notes;

    private RotatedUsers(
            RotationRequest request, Map<String, List<AclUser>> users, List<Problem> refusals, List<String> notes) {
        this.request = request;
        this.users = users;
        this.refusals = refusals;
        this.notes = notes;
    }

    /**
     * Asks the servers, and reads passwords where somebody else keeps them.
     *
     * @param wanted on each server
     */
    static RotatedUsers of(
            RotationRequest request,
            Optional<RedisStore> redis,
            Collection<AclUser> wanted,
            Collection<Credential> chosen,
            NewPasswords passwords) {
        Map<AclUser, List<PasswordHash>> taken = redis.map(store -> store.passwords(wanted)).orElse(Map.of());
        Map<String, List<AclUser>> users = wanted.stream().collect(Collectors.groupingBy(AclUser::name));
        List<Credential> credentials = chosen.stream().filter(c -> c.kind() == Kind.USER).toList();
        Now now = new Now(users, taken, credentials, passwords);
        return request.retiresOld() ? now.retiring(request) : now.adding(request);
    }

    /**
     * How it is before the rotation.
     *
     * @param taken what each user may log in with
     */
    private record Now(
            Map<String, List<AclUser>> users,
            Map<AclUser, List<PasswordHash>> taken,
            List<Credential> credentials,
            NewPasswords passwords) {

        RotatedUsers adding(RotationRequest request) {
            List<String> notes = credentials.stream()
                    .filter(credential -> passwords.kept(credential)
                            .filter(hash -> takenByAll(credential, hash))
                            .isPresent())
                    .map(credential -> "%s holds the password that %s has already"
                            .formatted(credential.sourceWords(), credential.words()))
                    .toList();
            return new RotatedUsers(request, users, List.of(), notes);
        }

        /** Who takes the present password alone is left as it is; who does not take it would take none. */
        RotatedUsers retiring(RotationRequest request) {
            Map<String, List<AclUser>> left = new HashMap<>();
            List<Problem> refusals = new ArrayList<>();
            for (Credential credential : credentials) {
                PasswordHash current = passwords.current(credential);
                if (!takenByAll(credential, current)) {
                    refusals.add(notCurrent(credential));
                }
                left.put(
                        credential.name(),
                        of(credential).stream().filter(user -> !List.of(current).equals(taken.get(user))).toList());
            }
            return new RotatedUsers(request, left, List.copyOf(refusals), List.of());
        }

        private boolean takenByAll(Credential credential, PasswordHash hash) {
            return of(credential).stream().allMatch(user -> taken.getOrDefault(user, List.of()).contains(hash));
        }

        private List<AclUser> of(Credential credential) {
            return users.getOrDefault(credential.name(), List.of());
        }
    }

    private static Problem notCurrent(Credential credential) {
        return Problem.error("%s does not take the password that %s holds, and would take none any more"
                        .formatted(credential.words(), credential.sourceWords()))
                .remedy("run `provision rotate %s` first".formatted(String.join(" ", credential.instances())));
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
        return refusals;
    }

    List<String> notes() {
        return notes;
    }
}
