package io.provision.plan;

import java.util.Locale;

/** A kind of resource, in the order in which those of one instance are applied. */
public enum ResourceKind {
    ROLE(Store.POSTGRES),
    MEMBERSHIP(Store.POSTGRES),
    FOLDER(Store.VOLUME),
    /** Before the namespace, which is tried as that user. */
    ACL_USER(Store.REDIS),
    NAMESPACE(Store.REDIS),
    SCHEMA(Store.POSTGRES),
    DEFAULT_PRIVILEGES(Store.POSTGRES),
    SCHEMA_GRANT(Store.POSTGRES),
    SCHEMA_ACCESS(Store.POSTGRES),
    SEQUENCE_USAGE(Store.POSTGRES),
    SEARCH_PATH(Store.POSTGRES),
    MOVE(Store.POSTGRES),
    COMPAT_VIEW(Store.POSTGRES),
    OBJECT_GRANTS(Store.POSTGRES),
    /** After the moves, because files leave alone what was brought by one; the locks are held until they have run. */
    SQL_FILE(Store.POSTGRES),
    /** Last of all: what was distributed is not moved, and whom it belongs to and who may use it goes with it. */
    DISTRIBUTION(Store.POSTGRES),
    /** Made by a file, and so in no plan but that of a rollback. */
    SQL_OBJECT(Store.POSTGRES),
    /** Given by {@code rotate}, and so in no plan of {@code init}. */
    ROLE_PASSWORD(Store.POSTGRES),
    USER_PASSWORD(Store.REDIS);

    private final Store store;
    private final String id;

    ResourceKind(Store store) {
        this.store = store;
        this.id = name().toLowerCase(Locale.ROOT);
    }

    public Store store() {
        return store;
    }

    /** Part of {@link Change#id()}. */
    public String id() {
        return id;
    }
}
