package io.provision.apply;

import io.provision.journal.OpenIntent;
import io.provision.plan.Desired;
import io.provision.plan.Plan;
import io.provision.postgres.LoginFacts;
import io.provision.problem.ExitCode;
import io.provision.problem.ProvisionException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a look at the stores showed.
 *
 * @param desired what should stand, of the instances and stores that the run is about
 * @param facts of the login; empty where PostgreSQL is left out
 * @param journalStands whether the journal's tables are there
 * @param openIntents what killed runs left open
 */
public record Survey(
        Plan plan, Desired desired, Optional<LoginFacts> facts, boolean journalStands, List<OpenIntent> openIntents) {

    public Survey {
        Objects.requireNonNull(plan, "plan");
        Objects.requireNonNull(desired, "desired");
        Objects.requireNonNull(facts, "facts");
        openIntents = List.copyOf(openIntents);
    }

    public boolean nothingToDo() {
        return plan.isEmpty() && openIntents.isEmpty();
    }

    /** @throws ProvisionException with {@link ExitCode#REFUSED} that tells every reason */
    void refuse() {
        if (!plan.refusals().isEmpty()) {
            throw new ProvisionException(ExitCode.REFUSED, plan.refusals());
        }
    }
}
