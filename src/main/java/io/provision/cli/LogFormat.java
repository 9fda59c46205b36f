package io.provision.cli;

import java.util.Locale;

/** {@code --log-format}. */
enum LogFormat {
    TEXT,
    JSON;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
