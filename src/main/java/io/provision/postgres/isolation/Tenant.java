package io.provision.postgres.isolation;

import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * An instance, as its neighbours in the database see it.
 *
 * @param owner who is to own its schemas: its role, or the admin
 * @param schemas its own and its legacy ones; not {@code public}, which is everybody's
 * @param readers the roles that the manifest lets read all of it
 * @param leavesPublic whether tables of its are to come from {@code public}, and may have to go back there
 */
public record Tenant(
        String instance, String role, String owner, List<String> schemas, Set<String> readers, boolean leavesPublic) {

    public Tenant {
        Objects.requireNonNull(instance, "instance");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(owner, "owner");
        schemas = List.copyOf(schemas);
        readers = Set.copyOf(readers);
    }
}
