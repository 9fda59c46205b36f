package io.provision.apply;

import io.provision.journal.Recovered;
import io.provision.plan.Plan;
import io.provision.postgres.LoginFacts;
import io.provision.problem.ExitCode;
import io.provision.problem.ProvisionException;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What a look showed of a rotation.
 *
 * @param plan who gets a new password, and where; or who loses the old ones
 * @param retires whether it is about the old passwords
 * @param unfinished the instances that an earlier run began to rotate, and did not end
 * @param left what this run ends in the journal
 */
public record RotationSurvey(
        Plan plan,
        boolean retires,
        List<RotationUnit> units,
        LoginFacts facts,
        boolean journalStands,
        Set<String> unfinished,
        List<Recovered> left) {

    public RotationSurvey {
        Objects.requireNonNull(plan, "plan");
        units = List.copyOf(units);
        Objects.requireNonNull(facts, "facts");
        unfinished = Set.copyOf(unfinished);
        left = List.copyOf(left);
    }

    boolean nothingToDo() {
        return plan.isEmpty() && left.isEmpty();
    }

    /** @throws ProvisionException with {@link ExitCode#REFUSED} that tells every reason */
    void refuse() {
        if (!plan.refusals().isEmpty()) {
            throw new ProvisionException(ExitCode.REFUSED, plan.refusals());
        }
    }
}
