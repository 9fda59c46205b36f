package io.provision.naming;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which claims may collide with some chosen ones, so that not all need be held against each other. Takes rather too
 * many; those that it leaves out have nothing in common with the chosen.
 */
final class Neighbours {

    /** No folder's root. */
    private static final String ANYWHERE = "*";

    private final Set<String> schemas = new HashSet<>();
    private final Set<String> roles = new HashSet<>();
    private final Set<String> redisUsers = new HashSet<>();
    private final Set<String> discoveryKeys = new HashSet<>();
    private final Set<Integer> ports = new HashSet<>();
    private final Set<String> namespaces = new HashSet<>();
    private final Set<String> namespacesAround = new HashSet<>();

    /** Of volumes, which stand at {@code root/instance/kind}. Those of one root meet by the instance's folder alone. */
    private final Set<String> roots = new HashSet<>();
    private final Set<String> foldersInRoots = new HashSet<>();

    Neighbours(List<Claim> chosen) {
        for (Claim claim : chosen) {
            schemas.add(claim.names().schema());
            schemas.addAll(claim.legacySchemas());
            roles.add(claim.names().role());
            redisUsers.add(claim.names().redisUser());
            discoveryKeys.add(claim.names().discoveryKey());
            claim.httpPort().ifPresent(ports::add);
            claim.grpcPort().ifPresent(ports::add);
            addNamespace(claim.names().namespace());
            claim.legacyNamespaces().forEach(this::addNamespace);
            claim.volumes().forEach(this::addFolder);
        }
    }

    private void addNamespace(String namespace) {
        namespaces.add(namespace);
        for (int colon = namespace.indexOf(':'); colon >= 0; colon = namespace.indexOf(':', colon + 1)) {
            namespacesAround.add(namespace.substring(0, colon));
        }
    }

    private void addFolder(Path folder) {
        String text = folder.toString();
        int own = instance(text);
        roots.add(own < 0 ? ANYWHERE : text.substring(0, own));
        if (own >= 0) {
            foldersInRoots.add(inRoot(text, own));
        }
    }

    boolean has(Claim other) {
        return sharesName(other)
                || meets(other.names().namespace())
                || other.legacyNamespaces().stream().anyMatch(this::meets)
                || other.volumes().stream().anyMatch(this::meets);
    }

    private boolean sharesName(Claim other) {
        return schemas.contains(other.names().schema())
                || other.legacySchemas().stream().anyMatch(schemas::contains)
                || roles.contains(other.names().role())
                || redisUsers.contains(other.names().redisUser())
                || discoveryKeys.contains(other.names().discoveryKey())
                || other.httpPort().stream().anyMatch(ports::contains)
                || other.grpcPort().stream().anyMatch(ports::contains);
    }

    private boolean meets(String namespace) {
        if (namespaces.contains(namespace) || namespacesAround.contains(namespace)) {
            return true;
        }
        for (int colon = namespace.indexOf(':'); colon >= 0; colon = namespace.indexOf(':', colon + 1)) {
            if (namespaces.contains(namespace.substring(0, colon))) {
                return true;
            }
        }
        return false;
    }

    private boolean meets(Path folder) {
        String text = folder.toString();
        int own = instance(text);
        return own < 0 || roots.size() != 1 || !roots.contains(text.substring(0, own))
                || foldersInRoots.contains(inRoot(text, own));
    }

    /** Where, in {@code /root/instance/kind}, the root ends; negative where a folder has not so many names. */
    private static int instance(String folder) {
        return folder.lastIndexOf('/', folder.lastIndexOf('/') - 1);
    }

    private static String inRoot(String folder, int own) {
        return Spelling.withoutCase(folder.substring(own, folder.lastIndexOf('/')));
    }
}
