package io.provision.naming;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The names of one instance ({@code naming.md}): what is provisioned, and what its service will look for.
 *
 * @param schema PostgreSQL schema
 * @param namespace Redis namespace, without the colon that follows it
 * @param role PostgreSQL role
 * @param redisUser Redis ACL user
 * @param discoveryKey Redis key of its entry in discovery; global, never in the namespace
 * @param volumes folder by kind ({@code data}, {@code logs}), as written in the manifest, in the manifest's order
 */
public record Names(
        String schema,
        String namespace,
        String role,
        String redisUser,
        String discoveryKey,
        Map<String, String> volumes) {

    /** PostgreSQL's own, which everybody has in the search path (manual, "The Public Schema"). */
    public static final String PUBLIC_SCHEMA = "public";

    /** What all keys of entries in discovery begin with; {@code SERVICE:INSTANCE} follows. */
    public static final String DISCOVERY_PREFIX = "services:";

    public Names {
        Objects.requireNonNull(schema, "schema");
        Objects.requireNonNull(namespace, "namespace");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(redisUser, "redisUser");
        Objects.requireNonNull(discoveryKey, "discoveryKey");
        volumes = Collections.unmodifiableMap(new LinkedHashMap<>(volumes));
    }

    /** The pattern that all keys of the namespace match. */
    public String keyPattern() {
        return namespace + ":*";
    }
}
