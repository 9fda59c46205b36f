package io.provision.postgres;

import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.postgresql.util.PSQLException;

/** What the server's error codes mean to a run (manual, appendix A "PostgreSQL Error Codes"). */
final class Sqlstates {

    /**
     * What another look and another try may mend: serialization failure, deadlock, a lock not to be had, an object
     * that somebody else made or dropped meanwhile, a connection that broke or that the server ended (57P05 where
     * nobody said anything there for longer than idle_session_timeout), memory that others have let go since.
     */
    private static final Set<String> TRANSIENT = Set.of(
            "40001", "40P01", "55P03", "42710", "42P06", "42P07", "42704", "3F000", "23505", "53200", "57P01",
            "57P03", "57P05");

    /** Of these, what has nothing to do with what a file says: any other failure of a file is the file's own. */
    private static final Set<String> PASSING =
            Set.of("40001", "40P01", "53200", "55P03", "57P01", "57P03", "57P05");

    private static final List<String> MEANWHILE =
            List.of("concurrently", "could not find tuple for ", "cache lookup failed for ");

    private Sqlstates() {}

    static boolean worthAnotherTry(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return TRANSIENT.contains(state) || brokenConnection(e) || changedMeanwhile(e);
    }

    static boolean worthAnotherTryOfFile(SQLException e) {
        return PASSING.contains(String.valueOf(e.getSQLState())) || brokenConnection(e) || changedMeanwhile(e);
    }

    static boolean brokenConnection(SQLException e) {
        return String.valueOf(e.getSQLState()).startsWith("08");
    }

    /** Whether the server, the database or the login has as many connections as it may have. */
    static boolean allConnectionsTaken(SQLException e) {
        return "53300".equals(e.getSQLState());
    }

    /** Class 28, Invalid Authorization Specification: this user is not admitted at all, or not with this password. */
    static boolean isRefusedLogin(SQLException e) {
        return String.valueOf(e.getSQLState()).startsWith("28");
    }

    static boolean isWrongPassword(SQLException e) {
        return "28P01".equals(e.getSQLState());
    }

    /** Whether bytes that are no text, in the one encoding or in the other, were to be taken for some. */
    static boolean noSuchText(SQLException e) {
        return "22021".equals(e.getSQLState());
    }

    static boolean isUnknownDatabase(SQLException e) {
        return "3D000".equals(e.getSQLState());
    }

    /** Whether nobody answered in time, or PgBouncer said that it has no connection for this client. */
    static boolean timedOut(SQLException e) {
        return unanswered(e) || String.valueOf(e.getMessage()).contains("query_wait_timeout");
    }

    static boolean unanswered(SQLException e) {
        return isOwedTo(SocketTimeoutException.class, e);
    }

    /** Whether no name server knows the host. */
    static boolean isUnknownHost(SQLException e) {
        return isOwedTo(UnknownHostException.class, e);
    }

    private static boolean isOwedTo(Class<? extends Exception> kind, SQLException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The server has no code of its own for two sessions that change one catalog row, nor for an object that goes while
     * it is described; and it says so in no language but English.
     */
    private static boolean changedMeanwhile(SQLException e) {
        return "XX000".equals(e.getSQLState())
                && MEANWHILE.stream().anyMatch(String.valueOf(e.getMessage())::contains);
    }

    /** The server's own message with its code, on one line, without the statement: that might hold a secret. */
    static String message(SQLException e) {
        if (e instanceof BatchUpdateException && e.getNextException() != null) {
            // Its own message is the whole statement with its values.
            return message(e.getNextException());
        }
        String message = e.getMessage();
        if (e instanceof PSQLException pe && pe.getServerErrorMessage() != null) {
            String detail = pe.getServerErrorMessage().getDetail();
            message = pe.getServerErrorMessage().getMessage() + (detail == null ? "" : " (" + detail + ")");
        }
        String line = String.valueOf(message).replaceAll("\\s*\\n\\s*", " ").strip();
        return (e.getSQLState() == null ? line : line + " [" + e.getSQLState() + "]") + meaning(e);
    }

    /** The server's hint names the setting in every language; other memory that runs out has the same code. */
    private static String meaning(SQLException e) {
        boolean lockTable = e instanceof PSQLException pe
                && "53200".equals(pe.getSQLState())
                && pe.getServerErrorMessage() != null
                && String.valueOf(pe.getServerErrorMessage().getHint()).contains("max_locks_per_transaction");
        return lockTable
                ? ": the server's lock table is full: run with a smaller `--parallel`, or raise"
                        + " max_locks_per_transaction, which takes a restart"
                : "";
    }
}
