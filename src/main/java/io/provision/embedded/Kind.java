package io.provision.embedded;

/** The servers that the tool carries. */
public enum Kind {
    POSTGRES("PostgreSQL"),
    REDIS("Redis");

    private final String title;

    Kind(String title) {
        this.title = title;
    }

    /** The name that people know it by. */
    public String title() {
        return title;
    }
}
