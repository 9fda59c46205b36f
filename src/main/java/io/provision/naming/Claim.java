package io.provision.naming;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * What one instance wants for itself, to be held against what the others want.
 *
 * @param explicitRole whether the manifest says the role; two that say the same one share it on purpose
 * @param sharesNamespaceWith instances whose keys this one may own too
 * @param volumes its folders, absolute
 * @param httpPort on the host
 * @param grpcPort on the host
 */
public record Claim(
        Identity identity,
        Names names,
        boolean explicitRole,
        List<String> legacySchemas,
        List<String> legacyNamespaces,
        List<String> sharesNamespaceWith,
        List<Path> volumes,
        OptionalInt httpPort,
        OptionalInt grpcPort) {

    public Claim {
        Objects.requireNonNull(identity, "identity");
        Objects.requireNonNull(names, "names");
        legacySchemas = List.copyOf(legacySchemas);
        legacyNamespaces = List.copyOf(legacyNamespaces);
        sharesNamespaceWith = List.copyOf(sharesNamespaceWith);
        volumes = List.copyOf(volumes);
        Objects.requireNonNull(httpPort, "httpPort");
        Objects.requireNonNull(grpcPort, "grpcPort");
    }

    public String instance() {
        return identity.instance();
    }
}
