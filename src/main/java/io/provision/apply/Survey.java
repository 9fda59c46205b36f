package io.provision.apply;

import io.provision.journal.Recovered;
import io.provision.plan.Desired;
import io.provision.plan.Plan;
import io.provision.plan.ResourceId;
import io.provision.postgres.LoginFacts;
import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a look at the stores showed.
 *
 * @param desired what should stand, of the instances and stores that the run is about
 * @param unseen what of it could not be looked at
 * @param facts of the login; empty where PostgreSQL is left out
 * @param journalStands whether the journal's tables are there
 * @param left what was found out of killed runs, and is not in the journal yet
 * @param leftOpen what cannot be found out of them here, in sentences
 * @param protections where the journal says something else than the manifest of whether an instance is protected from
 *     rollback: what the manifest says
 */
public record Survey(
        Plan plan,
        Desired desired,
        Set<ResourceId> unseen,
        Optional<LoginFacts> facts,
        boolean journalStands,
        List<Recovered> left,
        List<String> leftOpen,
        Map<String, Boolean> protections) {

    public Survey {
        Objects.requireNonNull(plan, "plan");
        Objects.requireNonNull(desired, "desired");
        unseen = Set.copyOf(unseen);
        Objects.requireNonNull(facts, "facts");
        left = List.copyOf(left);
        leftOpen = List.copyOf(leftOpen);
        protections = Map.copyOf(protections);
    }

    Survey noting(List<String> notes) {
        return new Survey(
                plan.noting(notes), desired, unseen, facts, journalStands, left, leftOpen, protections);
    }

    public boolean nothingToDo() {
        return plan.isEmpty() && left.isEmpty() && protections.isEmpty();
    }

    /** @throws ProvisionException with {@link ExitCode#REFUSED} that tells every reason */
    void refuse() {
        List<Problem> reasons = new ArrayList<>(plan.refusals());
        plan.unknown().forEach(what -> reasons.add(Problem.error("it cannot be seen how things stand: " + what)
                .remedy("run it as somebody who may see that; what is not seen is not taken for absent")));
        if (!reasons.isEmpty()) {
            throw new ProvisionException(ExitCode.REFUSED, reasons);
        }
    }
}
