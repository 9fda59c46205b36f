package io.provision.naming;

import io.provision.naming.Collision.Kind;
import io.provision.problem.Problem.Severity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Namespaces that own keys of another's: one followed by its colon begins the other followed by its own. What begins
 * so ends at one of the other's colons, so a look-up at each of them finds all, without comparing pairs.
 */
final class NestedNamespaces {

    private final List<Want> wants = new ArrayList<>();
    private final Map<String, Map<String, Want>> byNamespace = new LinkedHashMap<>();
    private final Map<String, Set<String>> sharers = new HashMap<>();
    private final Map<String, Integer> order = new HashMap<>();
    private final List<Collision> found = new ArrayList<>();

    NestedNamespaces(List<Claim> claims) {
        for (Claim claim : claims) {
            order.put(claim.instance(), order.size());
            sharers.put(claim.instance(), Set.copyOf(claim.sharesNamespaceWith()));
            add(Want.of(claim, claim.names().namespace(), "namespace"));
            claim.legacyNamespaces().forEach(legacy -> add(Want.of(claim, legacy, "legacy namespace")));
        }
    }

    private void add(Want want) {
        Map<String, Want> owners = byNamespace.computeIfAbsent(want.name(), name -> new LinkedHashMap<>());
        if (owners.putIfAbsent(want.claim().instance(), want) == null) {
            wants.add(want);
        }
    }

    List<Collision> collisions() {
        Map<String, List<String>> listing = listing();
        for (Want inner : wants) {
            String name = inner.name();
            for (int colon = name.indexOf(':'); colon >= 0; colon = name.indexOf(':', colon + 1)) {
                addOwners(byNamespace.getOrDefault(name.substring(0, colon), Map.of()), inner, listing);
            }
            addOwners(byNamespace.get(name), inner, listing);
        }
        return found;
    }

    /** For each instance, those that say in {@code shares_namespace_with} that they may own its keys. */
    private Map<String, List<String>> listing() {
        Map<String, List<String>> listing = new HashMap<>();
        sharers.forEach((outer, inners) -> inners.forEach(
                inner -> listing.computeIfAbsent(inner, name -> new ArrayList<>()).add(outer)));
        listing.values().forEach(outers -> outers.sort((a, b) -> order.get(a) - order.get(b)));
        return listing;
    }

    /** Tells of one owner that may not own these keys, and of all that may. */
    private void addOwners(Map<String, Want> owners, Want inner, Map<String, List<String>> listing) {
        for (Want outer : owners.values()) {
            if (comesTwice(outer, inner)) {
                break;
            }
            if (isAnother(outer, inner) && !allowed(outer, inner)) {
                add(outer, inner, Severity.ERROR);
                break;
            }
        }
        for (String lister : listing.getOrDefault(inner.claim().instance(), List.of())) {
            Want outer = owners.get(lister);
            if (outer != null && isAnother(outer, inner) && !(comesTwice(outer, inner) && lists(inner, outer))) {
                add(outer, inner, Severity.WARNING);
            }
        }
    }

    /** Of two instances with the same namespace, each owns the other's: the later one of them tells, once. */
    private boolean comesTwice(Want outer, Want inner) {
        return outer.name().equals(inner.name()) && position(outer) >= position(inner);
    }

    private int position(Want want) {
        return order.get(want.claim().instance());
    }

    private static boolean isAnother(Want outer, Want inner) {
        return !outer.claim().instance().equals(inner.claim().instance());
    }

    /** With the same namespace either is the outer one, and either may say so. */
    private boolean allowed(Want outer, Want inner) {
        return lists(outer, inner) || outer.name().equals(inner.name()) && lists(inner, outer);
    }

    private boolean lists(Want one, Want other) {
        return sharers.get(one.claim().instance()).contains(other.claim().instance());
    }

    private void add(Want outer, Want inner, Severity severity) {
        String one = outer.claim().instance();
        String other = inner.claim().instance();
        String message = "`%s` (%s `%s`) owns all keys `%s:*`, and with them those of `%s` (%s `%s`)".formatted(
                one, outer.label(), outer.name(), outer.name(), other, inner.label(), inner.name());
        String remedy = severity == Severity.WARNING
                ? "nothing to do if that is meant; `%s` says so in `shares_namespace_with`".formatted(one)
                : "set another `%s:` for one of them, or `shares_namespace_with: [%s]` for `%s` if that is meant"
                        .formatted(key(outer), other, one);
        found.add(new Collision(
                Kind.NAMESPACE, severity, one, outer.name(), other, inner.name(), message, remedy));
    }

    private static String key(Want want) {
        return want.label().startsWith("legacy") ? "legacy_namespaces" : "namespace";
    }
}
