package io.provision.verify;

import io.provision.plan.PostgresResource;
import io.provision.plan.Store;
import io.provision.postgres.isolation.Exposure;
import io.provision.postgres.isolation.Exposure.Door;
import io.provision.postgres.isolation.RoleGrant;
import io.provision.postgres.isolation.Tenant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Joins what is exposed with who can get there. What one statement closes is one finding: all that a membership leads
 * to in one instance, and one finding for all instances where it leads to all of them.
 */
final class Openings {

    private static final int TOLD = 3;

    private final Collection<Tenant> tenants;
    private final Map<String, List<Tenant>> byRole = new LinkedHashMap<>();
    private final Map<String, List<Way>> ways;
    private final Function<RoleGrant, List<String>> revoking;
    private final List<Breach> breaches = new ArrayList<>();
    private final Map<Membership, Map<String, Set<String>>> byMembership = new LinkedHashMap<>();
    private final Map<String, Set<String>> open = new HashMap<>();
    private final Map<String, List<String>> behind = new HashMap<>();
    private final List<Exposure> waiting = new ArrayList<>();

    /** What one REVOKE ends, with the sentences of each instance that it leads to. */
    private record Membership(String from, RoleGrant grant) {}

    /** @param revoking the statements that end a membership */
    Openings(
            Collection<Tenant> tenants, Map<String, List<Way>> ways, Function<RoleGrant, List<String>> revoking) {
        this.tenants = tenants;
        this.ways = ways;
        this.revoking = revoking;
        tenants.forEach(tenant -> byRole.computeIfAbsent(tenant.role(), r -> new ArrayList<>()).add(tenant));
    }

    /** In any order: what lies behind a door is looked at when all doors are known. */
    void add(Exposure exposure) {
        waiting.add(exposure);
        if (exposure.door() == Door.OPENS) {
            open.computeIfAbsent(exposure.schema(), s -> new HashSet<>()).addAll(users(exposure.grantee()));
        } else if (exposure.door() == Door.BEHIND && isPublic(exposure)) {
            behind.computeIfAbsent(exposure.schema(), s -> new ArrayList<>()).add(exposure.how());
        }
    }

    private List<String> users(String grantee) {
        return grantee.equals(PostgresResource.PUBLIC)
                ? List.copyOf(byRole.keySet())
                : ways.getOrDefault(grantee, List.of()).stream().map(Way::from).toList();
    }

    /** An attribute: members do not inherit it. */
    void addOfOneWhoBecomes(Exposure exposure) {
        ways.get(exposure.grantee()).stream()
                .filter(Way::becomes)
                .forEach(way -> enter(exposure, way, exposure.how()));
    }

    List<Breach> breaches() {
        waiting.forEach(this::enter);
        byMembership.forEach(this::tell);
        return breaches;
    }

    private void enter(Exposure exposure) {
        if (isPublic(exposure)) {
            if (exposure.door() != Door.BEHIND) {
                breaches.add(breach(Breach.EVERY, exposure.to(), "PUBLIC " + told(exposure), exposure.remedies()));
            }
            return;
        }
        ways.getOrDefault(exposure.grantee(), List.of()).stream()
                .filter(way -> !belongsTo(way, exposure))
                .filter(way -> exposure.door() != Door.BEHIND
                        || open.getOrDefault(exposure.schema(), Set.of()).contains(way.from()))
                .forEach(way -> enter(exposure, way, told(exposure)));
    }

    /** To the instance itself, or to a reader that the manifest names. */
    private static boolean belongsTo(Way way, Exposure exposure) {
        return exposure.to().isPresent()
                && (exposure.to().get().role().equals(way.from())
                        || exposure.reading()
                                && way.steps().isEmpty()
                                && exposure.to().get().readers().contains(way.from()));
    }

    private void enter(Exposure exposure, Way way, String how) {
        if (way.first().isEmpty()) {
            for (Tenant from : byRole.get(way.from())) {
                breaches.add(breach(from.instance(), exposure.to(), way.sentence(how), exposure.remedies()));
            }
        } else {
            String to = exposure.to().map(Tenant::instance).orElse(Breach.EVERY);
            byMembership
                    .computeIfAbsent(new Membership(way.from(), way.first().get()), m -> new LinkedHashMap<>())
                    .computeIfAbsent(to, t -> new LinkedHashSet<>())
                    .add(way.sentence(how));
        }
    }

    /** With the functions that PUBLIC may execute once it is in. */
    private String told(Exposure exposure) {
        List<String> functions = exposure.door() == Door.OPENS
                ? behind.getOrDefault(exposure.schema(), List.of())
                : List.of();
        return functions.isEmpty()
                ? exposure.how()
                : exposure.how() + ", and so may execute what PUBLIC " + some(functions);
    }

    private void tell(Membership membership, Map<String, Set<String>> sentences) {
        List<String> remedy = revoking.apply(membership.grant());
        for (Tenant from : byRole.get(membership.from())) {
            if (!sentences.containsKey(Breach.EVERY) && sentences.size() > 1 && toAll(membership, sentences)) {
                String how = some(List.copyOf(sentences.values().iterator().next()));
                breaches.add(new Breach(
                        from.instance(),
                        Breach.EVERY,
                        Store.POSTGRES,
                        how + "; and so on to every other instance",
                        String.join("\n", remedy)));
            } else {
                sentences.forEach((to, hows) -> breaches.add(new Breach(
                        from.instance(), to, Store.POSTGRES, some(List.copyOf(hows)), String.join("\n", remedy))));
            }
        }
    }

    private boolean toAll(Membership membership, Map<String, Set<String>> sentences) {
        return sentences.size() == tenants.size() - byRole.get(membership.from()).size();
    }

    private static String some(List<String> sentences) {
        String told = String.join("; ", sentences.subList(0, Math.min(TOLD, sentences.size())));
        return sentences.size() > TOLD ? told + "; and %d more ways".formatted(sentences.size() - TOLD) : told;
    }

    private static Breach breach(String from, Optional<Tenant> to, String how, List<String> remedies) {
        return new Breach(
                from,
                to.map(Tenant::instance).orElse(Breach.EVERY),
                Store.POSTGRES,
                how,
                String.join("\n", remedies));
    }

    private static boolean isPublic(Exposure exposure) {
        return exposure.grantee().equals(PostgresResource.PUBLIC);
    }
}
