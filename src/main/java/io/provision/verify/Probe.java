package io.provision.verify;

import java.util.Locale;

/** For how many instances default privileges are proved by effect. */
public enum Probe {
    SAMPLE,
    ALL,
    NONE;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
