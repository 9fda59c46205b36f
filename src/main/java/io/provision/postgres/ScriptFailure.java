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

    ScriptFailure(String message) {
        super(message);
        this.failure = null;
    }

    public boolean worthAnotherTry() {
        return failure != null && failure.worthAnotherTry();
    }
}
