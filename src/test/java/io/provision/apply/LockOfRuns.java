package io.provision.apply;

/** The lock that one run at a time has, as PostgreSQL tells of it. */
final class LockOfRuns {

    /** The backend that holds it in this database. */
    static final String BACKEND = """
            SELECT pid
            FROM pg_locks
            WHERE locktype = 'advisory'
              AND classid = x'70726f76'::integer::oid
              AND objid = 1
              AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            """;

    private LockOfRuns() {}
}
