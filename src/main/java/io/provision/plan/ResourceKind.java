package io.provision.plan;

import java.util.Locale;

/** A kind of resource, in the order in which those of one instance are applied. */
public enum ResourceKind {
    ROLE(Store.POSTGRES),
    MEMBERSHIP(Store.POSTGRES),
    FOLDER(Store.VOLUME),
    NAMESPACE(Store.REDIS),
    SCHEMA(Store.POSTGRES),
    DEFAULT_PRIVILEGES(Store.POSTGRES),
    SCHEMA_GRANT(Store.POSTGRES),
    OBJECT_GRANTS(Store.POSTGRES),
    SQL_FILE(Store.POSTGRES),
    SEARCH_PATH(Store.POSTGRES);

    private final Store store;

    ResourceKind(Store store) {
        this.store = store;
    }

    public Store store() {
        return store;
    }

    /** Part of {@link Change#id()}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
