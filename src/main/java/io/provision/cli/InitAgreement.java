package io.provision.cli;

import io.provision.apply.Agreement;
import io.provision.apply.Survey;
import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import io.provision.report.PlanFile;
import io.provision.report.PlanReport;
import io.provision.report.Question;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/** What {@code init} needs before it does anything: the very plan that was saved, where one was, and consent. */
final class InitAgreement implements Agreement {

    private static final int TOLD = 10;

    private final Invocation invocation;
    private final Workplace workplace;
    private final Consent consent;
    private final SignalWatch watch;
    private final Optional<PlanFile> saved;
    private final Set<String> planned = new TreeSet<>();

    /** @param saved the only plan that may be applied; empty for whichever is found */
    InitAgreement(
            Invocation invocation,
            Workplace workplace,
            Consent consent,
            SignalWatch watch,
            Optional<PlanFile> saved) {
        this.invocation = invocation;
        this.workplace = workplace;
        this.consent = consent;
        this.watch = watch;
        this.saved = saved;
    }

    @Override
    public void give(Survey survey) {
        PlanReport report = PlanPrinter.report(workplace, survey);
        saved.ifPresent(file -> refuseStale(file, report));
        planned.addAll(survey.plan().byInstance().keySet());
        AtomicBoolean shown = new AtomicBoolean();
        watch.mayEndDuring(() -> consent.beforeInit(survey.plan(), () -> {
            shown.set(true);
            return report.text(invocation.palette());
        }));
        if (!shown.get()) {
            survey.leftOpen().forEach(invocation.messages()::note);
        }
    }

    @Override
    public boolean covers(String agreed, Survey now) {
        boolean asks = saved.isPresent()
                || !now.plan().hazards().isEmpty()
                || Question.moved(now.plan()) > 0;
        return !asks || now.plan().fingerprint().hex().equals(agreed);
    }

    /** The instances that were to be worked on. */
    Set<String> planned() {
        return planned;
    }

    /** @throws ProvisionException REFUSED where it is not the plan any more */
    static void refuseStale(PlanFile file, PlanReport now) {
        List<String> differences = file.differences(now);
        if (!differences.isEmpty()) {
            String more = differences.size() > TOLD ? "; and %d more".formatted(differences.size() - TOLD) : "";
            throw new ProvisionException(
                    ExitCode.REFUSED,
                    Problem.error("the plan of %s is stale, nothing was done: %s%s".formatted(
                                    file.madeAt(),
                                    differences.stream().limit(TOLD).collect(Collectors.joining("; ")),
                                    more))
                            .remedy("make it again with `provision plan --out`, and look at it"));
        }
    }
}
