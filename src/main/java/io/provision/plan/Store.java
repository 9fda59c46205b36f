package io.provision.plan;

import java.util.Locale;

/** Where a resource lives. The identifiers are part of {@code plan -o json} and {@code --only}. */
public enum Store {
    POSTGRES,
    REDIS,
    VOLUME;

    private final String id = name().toLowerCase(Locale.ROOT);

    public String id() {
        return id;
    }

    /** @param id as {@link #id} gives it */
    public static Store of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT));
    }
}
