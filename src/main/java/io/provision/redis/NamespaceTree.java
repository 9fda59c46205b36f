package io.provision.redis;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/** Namespaces, some of which may lie in others: a key belongs to the longest one that it begins with. */
final class NamespaceTree {

    private final Set<String> namespaces;

    /** @param namespaces without the colon that follows them */
    NamespaceTree(Collection<String> namespaces) {
        this.namespaces = Set.copyOf(namespaces);
    }

    Optional<String> of(String key) {
        for (int colon = key.lastIndexOf(':'); colon >= 0; colon = key.lastIndexOf(':', colon - 1)) {
            String namespace = key.substring(0, colon);
            if (namespaces.contains(namespace)) {
                return Optional.of(namespace);
            }
        }
        return Optional.empty();
    }
}
