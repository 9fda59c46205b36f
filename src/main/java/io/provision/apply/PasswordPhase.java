package io.provision.apply;

import io.provision.plan.RedisResource.AclUser;
import io.provision.plan.ResourceId;
import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import io.provision.redis.PasswordHash;
import io.provision.redis.PasswordWord;
import io.provision.redis.RedisStore;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Has Redis take new passwords beside the old ones, or take the old ones no more, of all users in a handful of round
 * trips; and takes back the new ones of instances that fail.
 */
final class PasswordPhase {

    private final Optional<RedisStore> redis;
    private final RunResults results;
    private final boolean persists;
    private final Map<AclUser, PasswordHash> hashes = new HashMap<>();
    private final Map<AclUser, PasswordHash> added = new HashMap<>();
    private final Map<ResourceId, Problem> refused = new HashMap<>();
    private boolean asked;

    /** @param persists whether the servers are to write their users down */
    PasswordPhase(Optional<RedisStore> redis, RunResults results, boolean persists) {
        this.redis = redis;
        this.results = results;
        this.persists = persists;
    }

    /** The password that is to be said of a user. */
    void expect(AclUser user, PasswordHash hash) {
        hashes.put(user, hash);
    }

    boolean isEmpty() {
        return hashes.isEmpty();
    }

    /** @throws ProvisionException UNREACHABLE; {@link #takeBack} takes back what was done by then */
    void add() {
        Map<AclUser, List<PasswordHash>> known = store().passwords(hashes.keySet());
        Map<AclUser, PasswordHash> unknown = new HashMap<>(hashes);
        unknown.entrySet().removeIf(entry ->
                known.getOrDefault(entry.getKey(), List.of()).contains(entry.getValue()));
        // Not earlier: what they took before must not be taken back.
        added.putAll(unknown);
        say(PasswordWord.ADD, unknown);
    }

    /** @throws ProvisionException UNREACHABLE; some servers may have done it */
    void leaveAlone() {
        say(PasswordWord.LEAVE_ALONE, hashes);
    }

    private void say(PasswordWord word, Map<AclUser, PasswordHash> passwords) {
        asked = true;
        refused.putAll(store().changePasswords(word, passwords));
    }

    /** @throws ProvisionException where one of them was refused */
    void require(Collection<AclUser> users) {
        List<Problem> problems = users.stream()
                .map(user -> refused.get(user.id()))
                .filter(Objects::nonNull)
                .toList();
        if (!problems.isEmpty()) {
            throw new ProvisionException(ExitCode.FAILED, problems);
        }
    }

    /** Whether nothing can have been done to them. */
    boolean leftAsTheyWere(Collection<AclUser> users) {
        return !asked || users.stream().allMatch(user -> refused.containsKey(user.id()));
    }

    /** @throws ProvisionException where a new password may be valid still */
    void takeBack(Collection<AclUser> users) {
        Map<AclUser, PasswordHash> back = new HashMap<>();
        users.stream()
                .filter(user -> added.containsKey(user) && !refused.containsKey(user.id()))
                .forEach(user -> back.put(user, added.get(user)));
        List<Problem> problems = back.isEmpty()
                ? List.of()
                : List.copyOf(store().changePasswords(PasswordWord.TAKE, back).values());
        if (!problems.isEmpty()) {
            throw new ProvisionException(ExitCode.FAILED, problems);
        }
    }

    /** Before a password counts, and after one was taken back: a server may restart. */
    void persist() {
        if (!asked || !persists) {
            return;
        }
        try {
            results.warn(store().persistUsers());
        } catch (ProvisionException e) {
            results.warn(List.of("whether Redis users have their passwords after its restart is not known: "
                    + e.getMessage()));
        }
    }

    private RedisStore store() {
        return redis.orElseThrow();
    }
}
