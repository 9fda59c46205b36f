package io.provision.plan;

import java.util.Objects;
import java.util.Optional;

/**
 * That a schema is one of Citus's distributed schemas: its tables stand on a worker ({@code postgres.md}, "More than
 * one machine").
 */
public record Distribution(String schema) implements PostgresResource {

    public Distribution {
        Objects.requireNonNull(schema, "schema");
    }

    @Override
    public ResourceKind kind() {
        return ResourceKind.DISTRIBUTION;
    }

    @Override
    public String target() {
        return schema;
    }

    @Override
    public Optional<Resource> over(Optional<Resource> live) {
        return Optional.of(this);
    }
}
