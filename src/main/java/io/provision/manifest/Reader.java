package io.provision.manifest;

import java.util.Objects;
import java.util.Optional;

/** A role that may read everything in an instance's schema, now and later. */
public record Reader(String role, Optional<PasswordSource> password) {

    public Reader {
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(password, "password");
    }
}
