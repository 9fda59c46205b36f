package io.provision.testing;

/**
 * One look at the catalogs: rows of an object's identity, and a JSON object of what is said of it, null for what is
 * not. Names stand qualified, since it runs with an empty search path.
 *
 * @param since the first major version that has these catalogs
 */
record SnapshotQuery(int since, String sql) {

    static SnapshotQuery always(String sql) {
        return new SnapshotQuery(13, sql);
    }

    static SnapshotQuery since(int major, String sql) {
        return new SnapshotQuery(major, sql);
    }
}
