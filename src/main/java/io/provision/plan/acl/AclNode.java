package io.provision.plan.acl;

import java.util.Objects;

/**
 * A server that keeps users of its own: Redis does not spread them ({@code redis.md}, "What an instance gets", 5).
 *
 * @param name {@code host:port}; empty for the server that the manifest names
 * @param catalog the commands that it knows
 * @param readOnlyKeys whether it can let a user read keys and not write them (7.0 and later)
 */
public record AclNode(String name, CommandCatalog catalog, boolean readOnlyKeys) {

    /** The name of the server that the manifest names, wherever that is. */
    public static final String NAMED = "";

    public AclNode {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(catalog, "catalog");
    }
}
