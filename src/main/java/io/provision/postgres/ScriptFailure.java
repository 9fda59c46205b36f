package io.provision.postgres;

import io.provision.plan.SqlScript;

/** A statement of a {@code sql:} file that failed. */
public final class ScriptFailure extends RuntimeException {

    private final transient DatabaseFailure failure;

    ScriptFailure(SqlScript script, ScriptContext context, int number, String statement, DatabaseFailure failure) {
        super(
                "%s in the schema %s, statement %d (%s): %s"
                        .formatted(script.name().file(), context.schema(), number, statement, failure.getMessage()),
                failure);
        this.failure = failure;
    }

    /** Before the file's first statement, or after its last. */
    ScriptFailure(SqlScript script, ScriptContext context, DatabaseFailure failure) {
        super(
                "%s in the schema %s: %s".formatted(script.name().file(), context.schema(), failure.getMessage()),
                failure);
        this.failure = failure;
    }

    ScriptFailure(String message) {
        super(message);
        this.failure = null;
    }

    /** Whether the file itself may be right, and another try may go well. */
    public boolean worthAnotherTry() {
        return failure != null && failure.worthAnotherTryOfFile();
    }

    /** Whether somebody else held a lock for longer than the lock timeout. */
    public boolean lockNotToBeHad() {
        return failure != null && failure.lockNotToBeHad();
    }

    /** Whether the statement was cancelled. */
    public boolean cancelled() {
        return failure != null && failure.cancelled();
    }

    /** Whether nobody knows what became of what was being done. */
    public boolean connectionLost() {
        return failure != null && failure.connectionLost();
    }
}
