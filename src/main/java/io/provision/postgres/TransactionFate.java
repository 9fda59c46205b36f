package io.provision.postgres;

import java.time.Duration;

/** What became of a transaction whose COMMIT was sent and never answered: neither failure nor success, but looked up. */
public final class TransactionFate {

    /** How long a server may take to give up the backend of a lost connection. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private TransactionFate() {}

    /** The id by which the transaction that stands open can be looked up later; assigns one. */
    public static String idOf(Session session) {
        return session.query("SELECT pg_current_xact_id()::text", row -> row.getString(1)).get(0);
    }

    /**
     * @param transaction from {@link #idOf}
     * @return whether it committed; false also where that could not be found out in time, which the caller tells
     */
    public static boolean committed(Postgres postgres, String transaction) {
        try (Session session = postgres.open()) {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (true) {
                session.beginReadOnly();
                String status = session.query(
                                "SELECT pg_xact_status(?::xid8)", row -> String.valueOf(row.getString(1)), transaction)
                        .get(0);
                session.rollback();
                if (!status.equals("in progress") || System.nanoTime() > deadline) {
                    return status.equals("committed");
                }
                Thread.sleep(100);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
