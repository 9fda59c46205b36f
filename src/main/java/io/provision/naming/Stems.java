package io.provision.naming;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds the service of an instance whose manifest does not say it ({@code manifest.md}, {@code service}). Made once for
 * a manifest: a look-up costs a name's hyphens, not the number of services.
 */
public final class Stems {

    private final Set<String> services;
    private final Map<String, List<String>> servicesByStem = new TreeMap<>();

    /** @param services by name, each with the {@code stem:} that the manifest sets for it, if any */
    public Stems(Map<String, Optional<String>> services) {
        this.services = Set.copyOf(services.keySet());
        services.forEach((service, said) -> stemsOf(service, said)
                .forEach(stem -> servicesByStem.computeIfAbsent(stem, s -> new ArrayList<>()).add(service)));
    }

    /**
     * @return the service of that very name alone, if there is one; otherwise all whose stem and a hyphen the name
     *     begins with, something following, in the order of their names. More than one is for the caller to refuse
     */
    public List<String> servicesFor(String instance) {
        if (services.contains(instance)) {
            return List.of(instance);
        }
        Set<String> fitting = new LinkedHashSet<>();
        for (int i = instance.indexOf('-'); i >= 0 && i < instance.length() - 1; i = instance.indexOf('-', i + 1)) {
            fitting.addAll(servicesByStem.getOrDefault(instance.substring(0, i), List.of()));
        }
        return fitting.stream().sorted().toList();
    }

    private static Set<String> stemsOf(String service, Optional<String> said) {
        Set<String> stems = new LinkedHashSet<>();
        stems.add(said.orElse(service));
        if (said.isEmpty()) {
            stems.add(Stem.shortened(service));
        }
        return stems;
    }
}
