package io.provision.postgres;

import java.util.List;

/** The tool's advisory locks, each of a transaction, in the database that a session is on. */
enum AdvisoryLock {

    /** Held by the one run that there may be. */
    RUN(1),

    /** Shared by every transaction that does a run's work. */
    WORK(2);

    /** "prov" in ASCII: the class of the tool's advisory locks, which are keyed by two integers. */
    private static final int LOCK_CLASS = 0x70726f76;

    private final int key;

    AdvisoryLock(int key) {
        this.key = key;
    }

    /** Tries to take it, and does not wait. */
    boolean tryTake(Session session) {
        return session.query(
                        """
                        SELECT pg_try_advisory_xact_lock(?, ?)
                        """,
                        row -> row.getBoolean(1),
                        LOCK_CLASS,
                        key)
                .get(0);
    }

    /** The statement that waits for who has it alone, to be sent with others. */
    String sharing() {
        return "SELECT pg_advisory_xact_lock_shared(%d, %d)".formatted(LOCK_CLASS, key);
    }

    /** Whether the holder has it, as an expression: to be asked on the server that the holder is on. */
    String isHeldBy(LockHolder holder) {
        return """
                EXISTS (
                  SELECT
                  FROM pg_locks
                  WHERE locktype = 'advisory'
                    AND database = %s
                    AND classid = %d
                    AND objid = %d
                    AND pid = %d
                    AND virtualtransaction = %s
                    AND granted
                )
                """
                .formatted(
                        holder.database(), LOCK_CLASS, key, holder.pid(), Sql.literal(holder.transaction()));
    }

    /** Who else has one of them, in words. */
    static String whoHolds(Session session) {
        List<String> holders = session.query(
                """
                SELECT coalesce(a.application_name, ''), l.pid, a.usename,
                       coalesce(extract(epoch FROM clock_timestamp() - a.xact_start)::bigint, -1)
                FROM pg_locks l
                LEFT JOIN pg_stat_activity a ON a.pid = l.pid
                WHERE l.locktype = 'advisory'
                  AND l.classid = ?::oid
                  AND l.granted
                  AND l.database = (
                    SELECT oid
                    FROM pg_database
                    WHERE datname = current_database()
                  )
                  AND l.pid <> pg_backend_pid()
                ORDER BY l.objid
                LIMIT 1
                """,
                row -> "%s (pid %d, %s%s)"
                        .formatted(
                                row.getString(1).isEmpty() ? "a session" : row.getString(1),
                                row.getInt(2),
                                row.getString(3) == null ? "of another user" : "user " + row.getString(3),
                                row.getLong(4) < 0 ? "" : ", for %d s".formatted(row.getLong(4))),
                LOCK_CLASS);
        return holders.isEmpty() ? "a run that has just ended" : holders.get(0);
    }
}
