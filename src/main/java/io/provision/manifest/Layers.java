package io.provision.manifest;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What lies below an instance's own settings: the defaults, and each service laid over them. */
record Layers(Value.Mapping defaults, Map<String, Value.Mapping> services) {

    /** The defaults alone for a service that is not listed. */
    Value.Mapping of(Optional<String> service) {
        return service.map(services::get).orElse(defaults);
    }

    Map<String, Optional<String>> stems() {
        Map<String, Optional<String>> stems = new LinkedHashMap<>();
        services.forEach((name, values) -> stems.put(name, new Settings(values, values.place()).text("stem")));
        return stems;
    }
}
