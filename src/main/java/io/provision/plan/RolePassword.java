package io.provision.plan;

import java.util.Objects;
import java.util.Optional;

/**
 * A new password of a role, of which nothing is kept but that it was given.
 *
 * @param run the run that gave it
 */
public record RolePassword(String role, String run) implements PostgresResource {

    public RolePassword {
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(run, "run");
    }

    @Override
    public ResourceKind kind() {
        return ResourceKind.ROLE_PASSWORD;
    }

    @Override
    public String target() {
        return role;
    }

    @Override
    public Optional<Resource> over(Optional<Resource> live) {
        return Optional.of(this);
    }
}
