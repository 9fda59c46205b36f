package io.provision.plan;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a file of {@code sql:} made. Nothing makes it but the file; a rollback drops it.
 *
 * @param schema the schema that the file ran in
 * @param catalogType what it is, as {@code pg_identify_object} says
 * @param identity which one, as {@code pg_identify_object} says: quoted, as SQL takes it
 * @param onlyEmpty whether it must not be dropped with rows in it
 */
public record SqlObject(String schema, String catalogType, String identity, boolean onlyEmpty) implements PostgresResource {

    public SqlObject {
        Objects.requireNonNull(schema, "schema");
        Objects.requireNonNull(catalogType, "catalogType");
        Objects.requireNonNull(identity, "identity");
    }

    /** Whether it is a part of a table that stays, or else the table would be what is dropped. */
    public boolean part() {
        return Set.of("index", "trigger", "rule", "policy", "table constraint").contains(catalogType);
    }

    @Override
    public ResourceKind kind() {
        return ResourceKind.SQL_OBJECT;
    }

    @Override
    public String target() {
        return catalogType + " " + identity;
    }

    @Override
    public Optional<Resource> over(Optional<Resource> live) {
        return live;
    }
}
