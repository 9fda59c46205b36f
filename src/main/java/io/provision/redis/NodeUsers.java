package io.provision.redis;

import io.provision.plan.acl.AclNode;
import io.provision.plan.acl.AclRules;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All users of one server.
 *
 * @param rules what each of them may do
 * @param alike those that have a password in common: who knows it is all of them
 */
public record NodeUsers(AclNode node, SortedMap<String, AclRules> rules, List<Set<String>> alike) {

    public NodeUsers {
        Objects.requireNonNull(node, "node");
        rules = Collections.unmodifiableSortedMap(new TreeMap<>(rules));
        alike = List.copyOf(alike);
    }

    static NodeUsers of(AclNode node, Map<String, AclAnswer> answers) {
        SortedMap<String, AclRules> rules = new TreeMap<>();
        Map<PasswordHash, Set<String>> byPassword = new LinkedHashMap<>();
        answers.forEach((name, answer) -> {
            rules.put(name, answer.rules());
            answer.passwords().forEach(hash ->
                    byPassword.computeIfAbsent(hash, h -> new TreeSet<>()).add(name));
        });
        return new NodeUsers(
                node, rules, byPassword.values().stream().filter(names -> names.size() > 1).distinct().toList());
    }
}
