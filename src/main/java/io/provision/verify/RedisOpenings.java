package io.provision.verify;

import io.provision.plan.acl.AclNode;
import io.provision.plan.acl.AclRules;
import io.provision.plan.acl.PatternGrant;
import io.provision.plan.acl.Permission;
import io.provision.plan.acl.UserReach;
import io.provision.plan.acl.WideCommands;
import io.provision.verify.Territories.Territory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What rules open on one server: patterns held against whose is what, and commands that no pattern holds back. */
final class RedisOpenings {

    private final Territories territories;
    private final AclNode node;

    /** By the words of all permissions: a thousand users have the same. */
    private final Map<List<String>, Map<String, String>> wide = new HashMap<>();

    RedisOpenings(Territories territories, AclNode node) {
        this.territories = territories;
        this.node = node;
    }

    /** @param own the instances whose user has the rules; none of a user that is nobody's */
    List<RedisOpening> of(AclRules rules, Set<String> own) {
        UserReach reach = new UserReach(rules, node.catalog());
        List<RedisOpening> openings = new ArrayList<>();
        wide(rules, reach).forEach((command, effect) -> openings.add(
                new RedisOpening(Breach.EVERY, WideCommands.written(command), "", effect)));
        openings.addAll(byPatterns(reach, own));
        return openings;
    }

    private Map<String, String> wide(AclRules rules, UserReach reach) {
        return wide.computeIfAbsent(
                rules.permissions().stream().map(Permission::commands).toList(),
                words -> WideCommands.among(reach.commands(), node.catalog()));
    }

    /** Whether a user that is nobody's gets at more than names: at what is an instance's own, or at everything. */
    boolean any(AclRules rules) {
        UserReach reach = new UserReach(rules, node.catalog());
        return !byPatterns(reach, Set.of()).isEmpty()
                || wide(rules, reach).keySet().stream()
                        .anyMatch(command -> !WideCommands.tellsOnlyNames(command));
    }

    private List<RedisOpening> byPatterns(UserReach reach, Set<String> own) {
        List<RedisOpening> openings = new ArrayList<>();
        for (PatternGrant grant : reach.keys()) {
            String may = either(grant.reads(), "read", grant.writes(), "write");
            add(territories.ofKeys(grant), may, grant, own, openings);
            // Everybody may read what services tell of themselves, and before 7.0 who may read may write.
            if (grant.writes() && node.readOnlyKeys()) {
                add(territories.ofEntries(grant), "write", grant, own, openings);
            }
        }
        for (PatternGrant grant : reach.channels()) {
            String may = either(grant.reads(), "subscribe to", grant.writes(), "publish on");
            add(territories.ofChannels(grant), may, grant, own, openings);
        }
        return openings;
    }

    private static void add(
            List<Territory> met, String may, PatternGrant grant, Set<String> own, List<RedisOpening> openings) {
        met.stream().filter(territory -> Collections.disjoint(territory.owners(), own)).forEach(territory ->
                territory.owners().forEach(owner ->
                        openings.add(new RedisOpening(owner, may, territory.told(), grant.word()))));
    }

    private static String either(boolean one, String first, boolean other, String second) {
        if (one && other) {
            return first + " and " + second;
        }
        return one ? first : second;
    }
}
