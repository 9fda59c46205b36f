package io.provision.plan;

import java.util.Locale;

/** Where a resource lives. The identifiers are part of {@code plan -o json} and {@code --only}. */
public enum Store {
    POSTGRES,
    REDIS,
    VOLUME;

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @param id as {@link #id} gives it */
    public static Store of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT));
    }
}
