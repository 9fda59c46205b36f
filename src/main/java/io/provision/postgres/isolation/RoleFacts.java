package io.provision.postgres.isolation;

import java.util.Objects;

/**
 * A role's attributes, as far as they open doors that no ACL tells of.
 *
 * @param ownsDatabase whether it owns the database that is connected to
 */
public record RoleFacts(
        String name,
        boolean superuser,
        boolean createsRoles,
        boolean bypassesRowSecurity,
        boolean replicates,
        boolean ownsDatabase) {

    public RoleFacts {
        Objects.requireNonNull(name, "name");
    }
}
