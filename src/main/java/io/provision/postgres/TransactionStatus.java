package io.provision.postgres;

import io.provision.problem.ProvisionException;
import java.time.Duration;

/**
 * What became of a transaction whose COMMIT was sent and never answered: neither failure nor success, but looked up.
 */
public enum TransactionStatus {
    COMMITTED,
    ABORTED,
    /** Its server cannot be asked, or still holds the transaction open: the next run finds out. */
    UNKNOWN;

    /** How long a server may take to give up the backend of a lost connection. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final long PAUSE_MILLIS = 100;

    /** The id by which the transaction that stands open can be looked up later, as an expression; assigns one. */
    static final String ID = "pg_current_xact_id()::text";

    /**
     * @param transaction from {@link RunLock#requireHeldForCommit}
     * @param lock of its run: on another server, such as a standby that has taken over, the number is another's
     */
    public static TransactionStatus of(Postgres postgres, String transaction, RunLock lock) {
        try (Session session = lock.openBeside(postgres)) {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (true) {
                String status = statusOf(session, transaction);
                if (status.equals("committed")) {
                    return COMMITTED;
                }
                if (status.equals("aborted")) {
                    return ABORTED;
                }
                if (System.nanoTime() > deadline) {
                    return UNKNOWN;
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return UNKNOWN;
        } catch (ProvisionException | DatabaseFailure e) {
            return UNKNOWN;
        }
    }

    private static String statusOf(Session session, String transaction) {
        session.beginReadOnly();
        try {
            return session.query(
                            "SELECT pg_xact_status(?::xid8)", row -> String.valueOf(row.getString(1)), transaction)
                    .get(0);
        } finally {
            session.rollback();
        }
    }
}
