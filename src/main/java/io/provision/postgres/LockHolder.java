package io.provision.postgres;

/**
 * Who holds a lock, as pg_locks tells it: a backend, and its transaction, in which the next one of that number has no
 * part; and the server by when it was started, because its system identifier is that of its copies, too.
 */
record LockHolder(int pid, String transaction, long database, String server) {

    /** The transaction that this session is in. */
    static LockHolder of(Session session) {
        return session.query(
                        """
                        SELECT l.pid, l.virtualtransaction, d.oid, pg_postmaster_start_time()::text
                        FROM pg_locks l
                        JOIN pg_database d ON d.datname = current_database()
                        WHERE l.locktype = 'virtualxid'
                          AND l.pid = pg_backend_pid()
                        """,
                        row -> new LockHolder(row.getInt(1), row.getString(2), row.getLong(3), row.getString(4)))
                .get(0);
    }

    /**
     * Whether who is asked is the server, in the same life, that the lock is on, as an expression: to be asked together
     * with what else is to be known of it.
     */
    String isOnThisServer() {
        return "pg_postmaster_start_time() = %s::timestamptz".formatted(Sql.literal(server));
    }
}
