package io.provision.plan;

import java.util.Objects;
import java.util.Optional;

/**
 * A file of {@code sql:} that was run in a schema.
 *
 * @param checksum SHA-256 of its bytes, lower-case hex
 */
public record SqlFile(String schema, SqlScript.Name name, String checksum) implements PostgresResource {

    public SqlFile {
        Objects.requireNonNull(schema, "schema");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(checksum, "checksum");
    }

    @Override
    public ResourceKind kind() {
        return ResourceKind.SQL_FILE;
    }

    @Override
    public String target() {
        return name.file() + " in " + schema;
    }

    @Override
    public Optional<Resource> over(Optional<Resource> live) {
        return Optional.of(this);
    }
}
