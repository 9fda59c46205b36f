package io.provision.apply;

import io.provision.journal.OpenIntent;
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
 * @param openIntents what killed runs left open, as far as this machine can find out
 */
public record RollbackSurvey(
        RollbackPlan rollback, Selection selection, LoginFacts facts, List<OpenIntent> openIntents) {

    public RollbackSurvey {
        Objects.requireNonNull(rollback, "rollback");
        Objects.requireNonNull(selection, "selection");
        Objects.requireNonNull(facts, "facts");
        openIntents = List.copyOf(openIntents);
    }

    public Plan plan() {
        return rollback.plan();
    }

    public boolean nothingToDo() {
        return rollback.isEmpty() && openIntents.isEmpty();
    }

    /** @throws ProvisionException with {@link ExitCode#REFUSED} that tells every reason */
    public void refuse() {
        if (!plan().refusals().isEmpty()) {
            throw new ProvisionException(ExitCode.REFUSED, plan().refusals());
        }
    }
}
