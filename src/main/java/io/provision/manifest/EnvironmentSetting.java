package io.provision.manifest;

import java.util.Objects;

/**
 * A variable of an instance's environment, as its {@code environment:} says.
 *
 * @param written as the manifest has it: what may be told of it
 * @param value what it comes to where the manifest was read; perhaps a secret
 */
public record EnvironmentSetting(String written, String value) {

    public EnvironmentSetting {
        Objects.requireNonNull(written, "written");
        Objects.requireNonNull(value, "value");
    }

    /** Without what may be a secret. */
    @Override
    public String toString() {
        return written;
    }
}
