package io.provision.manifest;

import io.provision.problem.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds the service of an instance that does not say it, by its name ({@code manifest.md}, naming.md's stems). */
final class ServiceFinder {

    private final Set<String> services;
    private final Map<String, List<String>> servicesByStem = new HashMap<>();
    private final Faults faults;

    /** @param stems what each service says its stem is, if it says so */
    ServiceFinder(Map<String, Optional<String>> stems, Faults faults) {
        this.services = stems.keySet();
        this.faults = faults;
        stems.forEach((service, stem) -> stemsOf(service, stem)
                .forEach(s -> servicesByStem.computeIfAbsent(s, none -> new ArrayList<>()).add(service)));
    }

    private static Set<String> stemsOf(String service, Optional<String> said) {
        if (said.isPresent()) {
            return Set.of(said.get());
        }
        Set<String> stems = new LinkedHashSet<>(List.of(service));
        if (service.contains("-")) {
            stems.add(service.substring(0, service.lastIndexOf('-')));
        }
        return stems;
    }

    /** @return the service; empty when there is none or more than one, which has been told */
    Optional<String> find(String instance, Optional<Value.Scalar> said, Place place) {
        if (said.isPresent()) {
            String service = said.get().text();
            if (services.contains(service)) {
                return Optional.of(service);
            }
            faults.error(said.get().place(), "instance `" + instance + "` is of the service `" + said.get().written()
                    + "`, which `services` does not list", Suggestion.remedy(service, services));
            return Optional.empty();
        }
        if (services.contains(instance)) {
            return Optional.of(instance);
        }
        Set<String> candidates = candidates(instance);
        if (candidates.size() == 1) {
            return Optional.of(candidates.iterator().next());
        }
        if (candidates.isEmpty()) {
            faults.error(place, "instance `" + instance + "` does not say its service, and no service's stem fits its "
                    + "name", "write `service:`; " + Suggestion.remedy(instance, services));
        } else {
            faults.error(place, "instance `" + instance + "` does not say its service, and several fit its name: "
                    + String.join(", ", candidates), "write `service:` with one of them");
        }
        return Optional.empty();
    }

    private Set<String> candidates(String instance) {
        Set<String> candidates = new TreeSet<>();
        for (int hyphen = instance.indexOf('-'); hyphen > 0; hyphen = instance.indexOf('-', hyphen + 1)) {
            candidates.addAll(servicesByStem.getOrDefault(instance.substring(0, hyphen), List.of()));
        }
        return candidates;
    }
}
