package io.provision.postgres;

/** What marks a transaction that does a run's work, whose process may be killed meanwhile. */
public final class RunWork {

    private RunWork() {}

    /** Held by every transaction that does a run's work, so that recovery can wait for the backends of a dead run. */
    public static void share(Session session) {
        AdvisoryLock.WORK.share(session);
    }

    /**
     * Makes the server give up a long statement of the transaction when this process was killed, so that the next run
     * need not wait for its end. From PostgreSQL 14 on, where its system can tell that a client is gone.
     */
    public static void endWithClient(Session session) {
        session.query(
                """
                SELECT set_config(name, '1000', true)
                FROM pg_settings
                WHERE name = 'client_connection_check_interval'
                  AND version() LIKE '%linux%'
                """,
                row -> true);
    }
}
