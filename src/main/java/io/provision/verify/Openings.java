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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Joins what is exposed with who can get there. What one statement closes is one finding: all that a membership leads
 * to in one instance, and one finding for all instances where it leads to all of them. One role is looked at after the
 * other, because all their ways together may be as many as there are pairs.
 */
final class Openings {

    private final Collection<Tenant> tenants;
    private final Map<String, List<Tenant>> byRole = new LinkedHashMap<>();
    private final RoleWays ways;
    private final Function<RoleGrant, List<String>> revoking;
    private final Map<String, List<Exposure>> exposures = new HashMap<>();
    private final Map<String, List<Exposure>> attributes = new HashMap<>();
    private final Set<String> open = new HashSet<>();
    private final Map<String, Several> behind = new HashMap<>();
    private final List<Breach> breaches = new ArrayList<>();

    /** @param revoking the statements that end a membership */
    Openings(Collection<Tenant> tenants, RoleWays ways, Function<RoleGrant, List<String>> revoking) {
        this.tenants = tenants;
        this.ways = ways;
        this.revoking = revoking;
        tenants.forEach(tenant -> byRole.computeIfAbsent(tenant.role(), r -> new ArrayList<>()).add(tenant));
    }

    void add(Exposure exposure) {
        exposures.computeIfAbsent(exposure.grantee(), g -> new ArrayList<>()).add(exposure);
        if (isPublic(exposure) && exposure.door() == Door.OPENS) {
            open.add(exposure.schema());
        } else if (isPublic(exposure) && exposure.door() == Door.BEHIND) {
            behind.computeIfAbsent(exposure.schema(), s -> new Several()).add(exposure.how());
        }
    }

    /** What members do not inherit. */
    void addAttribute(Exposure exposure) {
        attributes.computeIfAbsent(exposure.grantee(), g -> new ArrayList<>()).add(exposure);
    }

    List<Breach> breaches() {
        exposures.getOrDefault(PostgresResource.PUBLIC, List.of()).stream()
                .filter(exposure -> exposure.door() != Door.BEHIND)
                .forEach(exposure -> breaches.add(breach(Breach.EVERY, exposure, "PUBLIC " + told(exposure))));
        byRole.keySet().forEach(this::waysOf);
        return breaches;
    }

    private void waysOf(String role) {
        List<Way> all = ways.from(role);
        Set<String> doors = doors(all);
        Map<RoleGrant, Map<String, Several>> byMembership = new LinkedHashMap<>();
        for (Way way : all) {
            exposures.getOrDefault(way.to(), List.of()).stream()
                    .filter(exposure -> !belongsTo(way, exposure))
                    .filter(exposure -> exposure.door() != Door.BEHIND || doors.contains(exposure.schema()))
                    .forEach(exposure -> enter(exposure, way, told(exposure), byMembership));
            if (way.becomes()) {
                attributes.getOrDefault(way.to(), List.of())
                        .forEach(exposure -> enter(exposure, way, exposure.how(), byMembership));
            }
        }
        byMembership.forEach((grant, sentences) -> tell(role, grant, sentences));
    }

    /** The schemas that the role can use, of all that are somebody else's. */
    private Set<String> doors(List<Way> all) {
        Set<String> doors = new HashSet<>(open);
        all.stream()
                .flatMap(way -> exposures.getOrDefault(way.to(), List.of()).stream())
                .filter(exposure -> exposure.door() == Door.OPENS)
                .map(Exposure::schema)
                .forEach(doors::add);
        return doors;
    }

    /** To the instance itself, or to a reader that the manifest names. */
    private static boolean belongsTo(Way way, Exposure exposure) {
        return exposure.to().isPresent()
                && (exposure.to().get().role().equals(way.from())
                        || exposure.reading()
                                && way.steps().isEmpty()
                                && exposure.to().get().readers().contains(way.from()));
    }

    private void enter(
            Exposure exposure, Way way, String how, Map<RoleGrant, Map<String, Several>> byMembership) {
        if (way.first().isEmpty()) {
            byRole.get(way.from()).forEach(from ->
                    breaches.add(breach(from.instance(), exposure, way.sentence(how))));
        } else {
            byMembership.computeIfAbsent(way.first().get(), m -> new LinkedHashMap<>())
                    .computeIfAbsent(to(exposure.to()), t -> new Several())
                    .add(way.sentence(how));
        }
    }

    /** With the functions that PUBLIC may execute once somebody is in. */
    private String told(Exposure exposure) {
        return exposure.door() == Door.OPENS && behind.containsKey(exposure.schema())
                ? exposure.how() + ", and so may execute what PUBLIC " + behind.get(exposure.schema()).told()
                : exposure.how();
    }

    private void tell(String role, RoleGrant grant, Map<String, Several> sentences) {
        String remedy = String.join("\n", revoking.apply(grant));
        boolean toAll = sentences.size() > 1
                && !sentences.containsKey(Breach.EVERY)
                && sentences.size() == tenants.size() - byRole.get(role).size();
        for (Tenant from : byRole.get(role)) {
            if (toAll) {
                String how = sentences.values().iterator().next().told() + "; and so on to every other instance";
                breaches.add(new Breach(from.instance(), Breach.EVERY, Store.POSTGRES, how, remedy));
            } else {
                sentences.forEach((to, several) ->
                        breaches.add(new Breach(from.instance(), to, Store.POSTGRES, several.told(), remedy)));
            }
        }
    }

    private static Breach breach(String from, Exposure exposure, String how) {
        return new Breach(
                from, to(exposure.to()), Store.POSTGRES, how, String.join("\n", exposure.remedies()));
    }

    private static String to(Optional<Tenant> tenant) {
        return tenant.map(Tenant::instance).orElse(Breach.EVERY);
    }

    private static boolean isPublic(Exposure exposure) {
        return exposure.grantee().equals(PostgresResource.PUBLIC);
    }
}
