package io.provision.apply;

import io.provision.postgres.Session;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * What a look at the catalogs goes by, and does not hold while another server is waited for: a transaction that has one
 * keeps vacuum from what others delete meanwhile.
 */
final class Snapshot {

    /** Shorter than anybody minds; longer than most answers, which then cost no further round trips. */
    private static final Duration NO_WAIT = Duration.ofMillis(100);

    private Snapshot() {}

    /**
     * Asks another server. What is read afterwards may be read from a later snapshot than what was read before.
     *
     * @param session in a transaction that was begun READ ONLY
     * @param question does not use the session
     */
    static <T> T whileAsking(Session session, Supplier<T> question) {
        return whileWaiting(session, BackgroundTask.begin(question));
    }

    /** The same of what was asked before. */
    static <T> T whileWaiting(Session session, BackgroundTask<T> asked) {
        if (asked.endsWithin(NO_WAIT)) {
            return asked.result();
        }
        session.rollback();
        T answer = asked.result();
        session.beginReadOnly();
        return answer;
    }
}
