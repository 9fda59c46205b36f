package io.provision.apply;

import io.provision.plan.Change;
import io.provision.plan.Hazard;
import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Consent was given to what was planned, with its hazards, and to nothing else. */
final class Agreed {

    private final Set<Hazard> hazards;

    private Agreed(Set<Hazard> hazards) {
        this.hazards = hazards;
    }

    static Agreed to(Collection<Change> planned) {
        return new Agreed(planned.stream()
                .flatMap(change -> change.hazards().stream())
                .collect(Collectors.toSet()));
    }

    /**
     * @param refusals what another look found to forbid it
     * @param found the hazards that it found
     * @throws ProvisionException with {@link ExitCode#REFUSED} where there is more than was agreed to
     */
    void refuseMore(List<Problem> refusals, Collection<Hazard> found) {
        if (!refusals.isEmpty()) {
            throw new ProvisionException(ExitCode.REFUSED, refusals);
        }
        Set<Hazard> news = new HashSet<>(found);
        news.removeAll(hazards);
        if (!news.isEmpty()) {
            throw new ProvisionException(ExitCode.REFUSED, news.stream()
                    .map(hazard -> Problem.error("a hazard has come up since it was planned: " + hazard.message())
                            .remedy("run the same command again, and decide anew"))
                    .toList());
        }
    }
}
