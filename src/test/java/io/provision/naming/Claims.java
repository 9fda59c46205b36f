package io.provision.naming;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Claims for tests: every name of its own unless told otherwise. */
final class Claims {

    private final String instance;
    private final List<String> legacySchemas = new ArrayList<>();
    private final List<String> legacyNamespaces = new ArrayList<>();
    private final List<String> shares = new ArrayList<>();
    private final List<Path> volumes = new ArrayList<>();
    private String schema;
    private String namespace;
    private String role;
    private String redisUser;
    private String discoveryKey;
    private boolean explicitRole;
    private OptionalInt http = OptionalInt.empty();
    private OptionalInt grpc = OptionalInt.empty();

    private Claims(String instance) {
        this.instance = instance;
        schema = "schema_" + instance;
        namespace = "namespace_" + instance;
        role = "role_" + instance;
        redisUser = "user-" + instance;
        discoveryKey = "services:s:" + instance;
    }

    static Claims of(String instance) {
        return new Claims(instance);
    }

    Claims schema(String name) {
        schema = name;
        return this;
    }

    Claims legacySchema(String name) {
        legacySchemas.add(name);
        return this;
    }

    Claims namespace(String name) {
        namespace = name;
        return this;
    }

    Claims legacyNamespace(String name) {
        legacyNamespaces.add(name);
        return this;
    }

    Claims shares(String other) {
        shares.add(other);
        return this;
    }

    Claims role(String name) {
        role = name;
        redisUser = name.replace('_', '-');
        return this;
    }

    Claims saidRole(String name) {
        explicitRole = true;
        return role(name);
    }

    Claims redisUser(String name) {
        redisUser = name;
        return this;
    }

    Claims discoveryKey(String name) {
        discoveryKey = name;
        return this;
    }

    Claims volume(String path) {
        volumes.add(Path.of(path));
        return this;
    }

    Claims http(int port) {
        http = OptionalInt.of(port);
        return this;
    }

    Claims grpc(int port) {
        grpc = OptionalInt.of(port);
        return this;
    }

    Claim claim() {
        return new Claim(
                Identity.of("s", instance),
                new Names(schema, namespace, role, redisUser, discoveryKey, Map.of()),
                explicitRole, legacySchemas, legacyNamespaces, shares, volumes, http, grpc);
    }
}
