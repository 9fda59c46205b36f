package io.provision.apply;

import io.provision.plan.rollback.Selection;
import io.provision.problem.Problem;
import java.util.List;
import java.util.Objects;

/**
 * What the journal tells a rollback, with what killed runs did and it does not know of yet.
 *
 * @param selection what the rollback is about
 * @param leftOfRun whether anything is left of the one run that is to be undone, where it is one
 * @param unknown what is asked for and the journal does not know
 */
record RollbackJournal(
        Selection selection,
        boolean leftOfRun,
        List<Problem> unknown,
        RollbackProtection protection,
        LeftOpen left) {

    RollbackJournal {
        Objects.requireNonNull(selection, "selection");
        unknown = List.copyOf(unknown);
        Objects.requireNonNull(protection, "protection");
        Objects.requireNonNull(left, "left");
    }
}
