package io.provision.postgres;

import java.util.List;
import java.util.stream.Stream;

/** What marks a transaction that does a run's work, whose process may be killed meanwhile. */
final class RunWork {

    private RunWork() {}

    /**
     * Settings of a transaction that works, as expressions. The server gives up a long statement of it when this
     * process was killed, so that the next run need not wait for its end (from PostgreSQL 14 on, where its system can
     * tell that a client is gone). Citus does not distribute what it makes: the manifest says which schemas are
     * distributed, and the journal's is not.
     */
    static final String SETTLING =
            """
            CASE
              WHEN current_setting('client_connection_check_interval', true) IS NOT NULL AND version() LIKE '%linux%'
                THEN set_config('client_connection_check_interval', '1000', true)
            END,
            CASE
              WHEN current_setting('citus.enable_schema_based_sharding', true) = 'on'
                THEN set_config('citus.enable_schema_based_sharding', 'off', true)
            END
            """
                    .strip();

    /**
     * Begins a transaction that works, and asks at the end of that, in one round trip. It shares a lock with all others
     * of its kind, so that recovery can wait for the backends of a dead run.
     *
     * @param settings further ones, as statements; a limit to waiting among them holds for the lock, too
     */
    static void begin(Session session, List<String> settings, Question question) {
        session.begin(
                Stream.concat(settings.stream(), Stream.of(AdvisoryLock.WORK.sharing())).toList(), question);
    }
}
