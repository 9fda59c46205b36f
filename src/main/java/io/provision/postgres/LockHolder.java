package io.provision.postgres;

/**
 * Who holds a lock, as pg_locks tells it: a backend, and its transaction, in which the next one of that number has no
 * part; and the server by when it was started, because its system identifier is that of its copies, too.
 */
record LockHolder(int pid, String transaction, String server) {

    /** The transaction that this session is in. */
    static LockHolder of(Session session) {
        return session.query(
                        """
                        SELECT pid, virtualtransaction, pg_postmaster_start_time()::text
                        FROM pg_locks
                        WHERE locktype = 'virtualxid'
                          AND pid = pg_backend_pid()
                        """,
                        row -> new LockHolder(row.getInt(1), row.getString(2), row.getString(3)))
                .get(0);
    }

    /** Whether what this session is told is told by the server, in the same life, that the lock is on. */
    boolean isOnServerOf(Session work) {
        return work.query(
                        """
                        SELECT pg_postmaster_start_time() = ?::timestamptz
                        """,
                        row -> row.getBoolean(1),
                        server)
                .get(0);
    }
}
