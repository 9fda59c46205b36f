package io.provision.verify;

import io.provision.plan.acl.AclNode;
import io.provision.problem.ShortList;
import io.provision.verify.Territories.Territory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** What is no breach in Redis, and is told all the same: once, however many users and servers it is true of. */
final class RedisRemarks {

    private static final int NAMED = 3;

    private final Set<String> ownUsers;
    private final Set<String> warnings = new LinkedHashSet<>();
    private final Set<String> notes = new LinkedHashSet<>();
    private final SortedSet<String> strangers = new TreeSet<>();

    RedisRemarks(Set<String> ownUsers) {
        this.ownUsers = ownUsers;
    }

    /** @param openings what the manifest itself lets every instance's user do, beyond what is its own */
    void meant(List<RedisOpening> openings) {
        openings.stream().filter(opening -> opening.to().equals(Breach.EVERY)).forEach(opening -> {
            if (opening.may().equals("SCAN")) {
                notes.add("every instance's Redis user %s; `redis.commands: [-scan]` takes it away"
                        .formatted(opening.told()));
            } else {
                warnings.add("every instance's Redis user %s, as `redis.commands` says".formatted(opening.told()));
            }
        });
    }

    /** @param openings what the manifest lets this user do; those that are another instance's are shared on purpose */
    void shared(String user, Collection<RedisOpening> openings) {
        Several told = new Several();
        List<RedisOpening> named =
                openings.stream().filter(opening -> !opening.to().equals(Breach.EVERY)).toList();
        named.forEach(opening -> told.add(opening.told()));
        if (!named.isEmpty()) {
            warnings.add("the Redis user %s gets at what is another instance's, as `shares_namespace_with` says: it %s"
                    .formatted(user, told.told()));
        }
    }

    /** @param keys of several instances, who are no breach to each other */
    void together(Territory keys) {
        warnings.add("the instances %s share the Redis namespace %s, as `shares_namespace_with` says: each of them gets"
                .formatted(ShortList.of(keys.owners(), NAMED), keys.name().substring(0, keys.name().length() - 1))
                + " at the keys and channels of the others");
    }

    void server(AclNode node) {
        if (!node.readOnlyKeys()) {
            warnings.add("Redis before 7.0 knows no keys that are only read: instances can write each other's"
                    + " discovery entries there");
        }
    }

    /** @param groups of users with a password in common */
    void alike(List<Set<String>> groups) {
        groups.stream()
                .filter(group -> group.stream().anyMatch(ownUsers::contains))
                .forEach(group -> warnings.add(
                        "the Redis users %s have the same password: who knows it can be each of them"
                                .formatted(ShortList.of(group, NAMED))));
    }

    void stranger(String user) {
        strangers.add(user);
    }

    void warn(String sentence) {
        warnings.add(sentence);
    }

    List<String> warnings() {
        List<String> all = new ArrayList<>(warnings);
        if (!strangers.isEmpty()) {
            all.add("Redis users whom the manifest does not name may use what is instances' own, with a password of"
                    + " theirs: " + ShortList.of(strangers, NAMED));
        }
        return all;
    }

    List<String> notes() {
        return List.copyOf(notes);
    }
}
