package io.provision.postgres;

/** What marks a transaction that does a run's work, whose process may be killed meanwhile. */
public final class RunWork {

    private RunWork() {}

    /** Held by every transaction that does a run's work, so that recovery can wait for the backends of a dead run. */
    public static void share(Session session) {
        AdvisoryLock.WORK.share(session);
    }

    /**
     * Settings of a transaction that works. The server gives up a long statement of it when this process was killed, so
     * that the next run need not wait for its end (from PostgreSQL 14 on, where its system can tell that a client is
     * gone). Citus does not distribute what it makes: the manifest says which schemas are distributed, and the journal's
     * is not.
     */
    public static void settle(Session session) {
        session.query(
                """
                SELECT set_config('client_connection_check_interval', '1000', true)
                WHERE current_setting('client_connection_check_interval', true) IS NOT NULL
                  AND version() LIKE '%linux%'
                UNION ALL
                SELECT set_config(name, 'off', true)
                FROM (VALUES ('citus.enable_schema_based_sharding')) AS citus (name)
                WHERE current_setting(name, true) = 'on'
                """,
                row -> true);
    }
}
