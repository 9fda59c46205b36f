package io.provision.postgres;

import java.sql.SQLException;
import java.util.Objects;
import org.postgresql.util.PSQLException;

/** What the server, or the way to it, refused; unchecked, so that only this package knows of {@code java.sql}. */
public final class DatabaseFailure extends RuntimeException {

    private final transient SQLException failure;

    DatabaseFailure(SQLException failure) {
        this(failure, "");
    }

    /** @param more what was found out since, as the message goes on */
    DatabaseFailure(SQLException failure, String more) {
        super(Sqlstates.message(failure) + more, failure);
        this.failure = failure;
    }

    /** Others' locks were held for as long as that takes; there may be more time when they come sooner. */
    static DatabaseFailure lookTooLong(String table, long millis) {
        return new DatabaseFailure(new SQLException(
                ("whether %s has rows was not found out within %d ms, and while it is looked at, tables that others use"
                                + " are locked: VACUUM it, or give a longer --lock-timeout")
                        .formatted(table, millis),
                "55P03"));
    }

    /** As the server says it of a statement that it was at. */
    static DatabaseFailure cancelledBefore() {
        return new DatabaseFailure(new SQLException("canceling statement due to user request", "57014"));
    }

    /** Whether another look and another try may mend it. */
    public boolean worthAnotherTry() {
        return Sqlstates.worthAnotherTry(failure);
    }

    boolean worthAnotherTryOfFile() {
        return Sqlstates.worthAnotherTryOfFile(failure);
    }

    /** Whether the statement was cancelled. */
    public boolean cancelled() {
        return sqlState().equals("57014");
    }

    /** Whether somebody else held a lock for longer than the lock timeout. */
    public boolean lockNotToBeHad() {
        return sqlState().equals("55P03");
    }

    /** Whether the login lacks a right, or this session does not know of it. */
    public boolean rightRefused() {
        return sqlState().equals("42501");
    }

    /** Whether nobody knows what became of what was being done. */
    public boolean connectionLost() {
        return Sqlstates.brokenConnection(failure) || sqlState().startsWith("57P0");
    }

    /** In which functions it happened, in the server's language, a line each; empty where it was in none. */
    String where() {
        return failure instanceof PSQLException refused && refused.getServerErrorMessage() != null
                ? Objects.requireNonNullElse(refused.getServerErrorMessage().getWhere(), "")
                : "";
    }

    /** The five characters of the error code; empty where there is none. */
    String sqlState() {
        return failure.getSQLState() == null ? "" : failure.getSQLState();
    }
}
