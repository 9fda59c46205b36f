package io.provision.manifest;

import io.provision.naming.Stems;
import io.provision.problem.Place;
import io.provision.problem.Suggestion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the service of an instance: the one it says, or the one that its name tells ({@code manifest.md}). */
final class ServiceFinder {

    private final Set<String> services;
    private final Stems stems;
    private final Faults faults;

    /** @param stems by service: the stem that it says, if it does */
    ServiceFinder(Map<String, Optional<String>> stems, Faults faults) {
        this.services = stems.keySet();
        this.stems = new Stems(stems);
        this.faults = faults;
    }

    /** @return the service; empty when there is none or more than one, which has been told */
    Optional<String> find(String instance, Optional<Value.Scalar> said, Place place) {
        if (said.isPresent()) {
            return listed(instance, said.get());
        }
        List<String> candidates = stems.servicesFor(instance);
        if (candidates.isEmpty()) {
            faults.error(place, "instance `" + instance + "` does not say its service, and no service's stem fits its "
                    + "name", services.isEmpty() ? firstService(instance)
                    : "write `service:`; " + Suggestion.remedy(instance, services));
        } else if (candidates.size() > 1) {
            faults.error(place, "instance `" + instance + "` does not say its service, and several fit its name: "
                    + String.join(", ", candidates), "write `service:` with one of them");
        }
        return candidates.size() == 1 ? Optional.of(candidates.get(0)) : Optional.empty();
    }

    private Optional<String> listed(String instance, Value.Scalar said) {
        if (services.contains(said.text())) {
            return Optional.of(said.text());
        }
        faults.error(said.place(), "instance `" + instance + "` is of the service `" + said.written()
                + "`, which `services` does not list", services.isEmpty()
                ? "list it there: `" + said.written() + ": {}`"
                : Suggestion.remedy(said.text(), services));
        return Optional.empty();
    }

    private static String firstService(String instance) {
        return "list its service under `services`"
                + (Shapes.SERVICE_NAME.takes(instance) ? ", such as `" + instance + ": {}`" : "");
    }
}
