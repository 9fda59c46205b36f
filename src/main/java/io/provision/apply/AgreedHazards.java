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

/** The hazards of what consent was given to: to others, it was not. */
final class AgreedHazards {

    private final Set<Hazard> hazards;

    private AgreedHazards(Set<Hazard> hazards) {
        this.hazards = hazards;
    }

    static AgreedHazards of(Collection<Change> planned) {
        return new AgreedHazards(planned.stream()
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
