package io.provision.cli;

import io.provision.apply.Survey;
import io.provision.plan.Hazard;
import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Asks before hazards: on a terminal the person, elsewhere the command line. Nothing else is asked for. */
final class Consent {

    private final Invocation invocation;
    private final Workplace workplace;
    private final Set<String> allowed;

    Consent(Invocation invocation, Workplace workplace, List<String> allowed) {
        this.invocation = invocation;
        this.workplace = workplace;
        this.allowed = Set.copyOf(allowed);
    }

    /** @throws ProvisionException with {@link ExitCode#REFUSED} where consent is not given */
    void ask(Survey survey) {
        List<Hazard> open = survey.plan().hazards().stream()
                .filter(hazard -> !allowed.contains(hazard.kind()))
                .toList();
        if (open.isEmpty()) {
            return;
        }
        if (!invocation.context().terminal().in() || !invocation.context().terminal().err()) {
            throw new ProvisionException(ExitCode.REFUSED, open.stream()
                    .map(hazard -> Problem.error("hazard: " + hazard.message())
                            .remedy("--allow-hazard " + hazard.kind() + " does it all the same"))
                    .toList());
        }
        invocation.context().err().println(PlanPrinter.report(workplace, survey).text(invocation.palette()));
        invocation.context().err().print("Do this? Type yes: ");
        invocation.context().err().flush();
        if (!answer().equals("yes")) {
            throw new ProvisionException(ExitCode.REFUSED, Problem.error("not done, as you said"));
        }
    }

    private String answer() {
        try {
            String line = invocation.context().in().readLine();
            return line == null ? "" : line.strip().toLowerCase(Locale.ROOT);
        } catch (IOException e) {
            return "";
        }
    }
}
