package io.provision.postgres;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a file of {@code sql:} is run for.
 *
 * @param schema the schema that it runs in
 * @param owner the role that it runs as; empty where the login itself owns the schema
 */
public record ScriptContext(String schema, String role, String instance, String service, Optional<String> owner) {

    public ScriptContext {
        Objects.requireNonNull(schema, "schema");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(instance, "instance");
        Objects.requireNonNull(service, "service");
        Objects.requireNonNull(owner, "owner");
    }

    Map<String, String> placeholders() {
        return Map.of("schema", schema, "role", role, "instance", instance, "service", service);
    }
}
