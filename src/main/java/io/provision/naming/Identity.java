package io.provision.naming;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Who an instance is: the service it runs, and its own name ({@code naming.md}, "Naming").
 *
 * @param service the service's name
 * @param givenName the instance's name as it was given; empty only when an adapter's environment has none
 */
public record Identity(String service, Optional<String> givenName) {

    public Identity {
        Objects.requireNonNull(service, "service");
        Objects.requireNonNull(givenName, "givenName");
    }

    public static Identity of(String service, String instance) {
        return new Identity(service, Optional.of(instance));
    }

    public String instance() {
        return givenName.orElse(service);
    }

    public boolean singleton() {
        return instance().equals(service);
    }

    /** At least one segment, whatever the name: a malformed one is for {@link NameRules} to tell, not to trip over. */
    List<String> serviceSegments() {
        return List.of(service.split("-", -1));
    }

    List<String> instanceSegments() {
        return List.of(instance().split("-", -1));
    }
}
