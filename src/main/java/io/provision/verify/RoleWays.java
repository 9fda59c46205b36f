package io.provision.verify;

import io.provision.postgres.isolation.RoleGrant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The closure of memberships. A role has what it inherits; it can become whatever it may SET ROLE to along an unbroken
 * chain, or grant to itself; and as what it has become, it has what that one inherits (manual, "Role Membership").
 */
final class RoleWays {

    private final Map<String, List<RoleGrant>> grants;

    RoleWays(Collection<RoleGrant> grants) {
        this.grants = grants.stream().collect(Collectors.groupingBy(RoleGrant::member));
    }

    /**
     * One way for each first step and each role that it leads to, the shortest; by becoming it, where that can be.
     *
     * @return first the way of no step at all
     */
    List<Way> from(String role) {
        List<Way> ways = new ArrayList<>();
        ways.add(new Way(role, List.of(), true));
        for (RoleGrant first : grants.getOrDefault(role, List.of())) {
            ways.addAll(through(new Way(role, List.of(), true), first));
        }
        return ways;
    }

    private Collection<Way> through(Way start, RoleGrant first) {
        Map<String, Way> found = new LinkedHashMap<>();
        Set<Map.Entry<String, Boolean>> seen = new HashSet<>();
        Deque<Way> next = new ArrayDeque<>(steps(start, first));
        while (!next.isEmpty()) {
            Way way = next.remove();
            if (way.to().equals(start.from()) || !seen.add(Map.entry(way.to(), way.becomes()))) {
                continue;
            }
            found.merge(way.to(), way, (one, other) -> one.becomes() ? one : other);
            grants.getOrDefault(way.to(), List.of()).forEach(grant -> next.addAll(steps(way, grant)));
        }
        return found.values();
    }

    /** What is only inherited cannot SET ROLE any further, but can grant. */
    private static List<Way> steps(Way way, RoleGrant grant) {
        List<RoleGrant> steps = new ArrayList<>(way.steps());
        steps.add(grant);
        List<Way> result = new ArrayList<>();
        if (grant.admin() || grant.sets() && way.becomes()) {
            result.add(new Way(way.from(), steps, true));
        }
        if (grant.inherits()) {
            result.add(new Way(way.from(), steps, false));
        }
        return result;
    }

    /** Every role that a way of one of these may lead to, and they themselves. */
    Set<String> reach(Collection<String> roles) {
        Set<String> reach = new LinkedHashSet<>(roles);
        Deque<String> next = new ArrayDeque<>(roles);
        while (!next.isEmpty()) {
            grants.getOrDefault(next.remove(), List.of()).stream()
                    .map(RoleGrant::role)
                    .filter(reach::add)
                    .forEach(next::add);
        }
        return reach;
    }
}
