package io.provision.cli;

import io.provision.plan.Hazard;
import io.provision.plan.Plan;
import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import io.provision.report.Legible;
import io.provision.report.Question;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Asks before hazards: on a terminal the person, elsewhere the command line. Before tables that move {@code init} asks
 * on a terminal only; {@code rollback} and {@code rotate} ask before everything. Nothing else is asked for.
 */
final class Consent {

    private final Invocation invocation;
    private final Set<String> allowed;

    /** @param allowed the kinds of hazards that the command line agrees to */
    Consent(Invocation invocation, List<String> allowed) {
        this.invocation = invocation;
        this.allowed = Set.copyOf(allowed);
    }

    /**
     * Before {@code init}: tells its notes where nobody is shown the plan.
     *
     * @throws ProvisionException with {@link ExitCode#REFUSED} where consent is not given
     */
    void beforeInit(Plan plan, Supplier<String> shown) {
        boolean moves = Question.moved(plan) > 0;
        if (!moves || !terminal()) {
            plan.notes().forEach(note -> invocation.messages().note("note: " + note));
        }
        ask(plan, shown, moves && terminal(), Optional.empty());
    }

    /**
     * Before {@code rollback}.
     *
     * @param yes whether the command line agrees to everything but hazards
     * @throws ProvisionException with {@link ExitCode#REFUSED} where consent is not given
     */
    void beforeRollback(Plan plan, Supplier<String> shown, boolean yes) {
        ask(plan, shown, !yes, yes
                ? Optional.empty()
                : Optional.of(Problem.error("rollback asks before it undoes anything, and there is nobody to ask here")
                        .remedy("look at `provision rollback --dry-run`, then say --yes")));
    }

    /**
     * Before {@code rotate}.
     *
     * @param yes whether the command line agrees
     * @throws ProvisionException with {@link ExitCode#REFUSED} where consent is not given
     */
    void beforeRotate(Plan plan, Supplier<String> shown, boolean yes) {
        if (yes) {
            plan.notes().forEach(note -> invocation.messages().note("note: " + note));
        }
        ask(plan, shown, !yes, yes
                ? Optional.empty()
                : Optional.of(Problem
                        .error("rotate asks before it changes any password, and there is nobody to ask here")
                        .remedy("say --yes")));
    }

    private void ask(Plan plan, Supplier<String> shown, boolean always, Optional<Problem> nobody) {
        List<Hazard> open = plan.hazards().stream()
                .filter(hazard -> !allowed.contains(hazard.kind()))
                .distinct()
                .toList();
        if (open.isEmpty() && !always) {
            return;
        }
        if (!terminal()) {
            throw new ProvisionException(ExitCode.REFUSED, problems(open, nobody));
        }
        invocation.context().err().println(Legible.text(shown.get()));
        invocation.context().err().print(Legible.text(
                new Question(plan, open).text(invocation.palette())));
        invocation.context().err().flush();
        if (!answer().equals("yes")) {
            throw new ProvisionException(ExitCode.REFUSED, Problem.error("not done, as you said"));
        }
    }

    private static List<Problem> problems(List<Hazard> open, Optional<Problem> nobody) {
        List<Problem> problems = new ArrayList<>();
        nobody.ifPresent(problems::add);
        open.forEach(hazard -> problems.add(Problem.error("hazard: " + hazard.message())
                .remedy("nothing was changed; --allow-hazard " + hazard.kind() + " does it all the same")));
        return problems;
    }

    private boolean terminal() {
        return invocation.context().terminal().in() && invocation.context().terminal().err();
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
