package io.provision.apply;

import io.provision.journal.Recovered;
import io.provision.plan.Plan;
import io.provision.plan.rollback.RollbackPlan;
import io.provision.plan.rollback.Selection;
import io.provision.postgres.LoginFacts;
import io.provision.problem.ExitCode;
import io.provision.problem.ProvisionException;
import java.util.List;
import java.util.Objects;

/**
 * What a look at the journal and at the stores showed of a rollback.
 *
 * @param rollback what it does, and what it leaves
 * @param selection what it is about
 * @param left what was found out of killed runs, and is not in the journal yet
 */
public record RollbackSurvey(
        RollbackPlan rollback, Selection selection, LoginFacts facts, List<Recovered> left) {

    public RollbackSurvey {
        Objects.requireNonNull(rollback, "rollback");
        Objects.requireNonNull(selection, "selection");
        Objects.requireNonNull(facts, "facts");
        left = List.copyOf(left);
    }

    public Plan plan() {
        return rollback.plan();
    }

    RollbackSurvey with(RollbackPlan told) {
        return new RollbackSurvey(told, selection, facts, left);
    }

    public boolean nothingToDo() {
        return rollback.isEmpty() && left.isEmpty();
    }

    /** @throws ProvisionException with {@link ExitCode#REFUSED} that tells every reason */
    public void refuse() {
        if (!plan().refusals().isEmpty()) {
            throw new ProvisionException(ExitCode.REFUSED, plan().refusals());
        }
    }
}
