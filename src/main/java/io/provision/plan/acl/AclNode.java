package io.provision.plan.acl;

import java.util.Objects;

/**
 * A server that keeps users of its own: Redis does not spread them ({@code redis.md}, "What an instance gets", 5).
 *
 * @param name {@code host:port}; empty for the one server that the manifest names, where it is not a cluster's and not
 *     known to sentinels: those are called by their addresses, which stay when their places change
 * @param catalog the commands that it knows
 * @param readOnlyKeys whether it can let a user read keys and not write them (7.0 and later)
 */
public record AclNode(String name, CommandCatalog catalog, boolean readOnlyKeys) {

    /** The name of the one server that the manifest names, wherever that is. */
    public static final String NAMED = "";

    public AclNode {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(catalog, "catalog");
    }
}
