package io.provision.postgres.isolation;

import java.util.List;
import java.util.Objects;

/**
 * A membership: one role granted to another, by everybody who granted it.
 *
 * @param inherits whether the member has the role's privileges without more ado
 * @param sets whether the member may SET ROLE to it; always true before PostgreSQL 16
 * @param admin whether the member may grant it, to itself too
 */
public record RoleGrant(
        String role, String member, List<String> grantors, boolean inherits, boolean sets, boolean admin) {

    public RoleGrant {
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(member, "member");
        grantors = List.copyOf(grantors);
    }
}
