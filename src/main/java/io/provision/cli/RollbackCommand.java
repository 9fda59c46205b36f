package io.provision.cli;

import io.provision.apply.ChangeTexts;
import io.provision.apply.Outcome;
import io.provision.apply.Rollback;
import io.provision.apply.RollbackRequest;
import io.provision.apply.RollbackSurvey;
import io.provision.apply.Scope;
import io.provision.journal.Run;
import io.provision.plan.Change;
import io.provision.plan.rollback.Remark;
import io.provision.problem.ExitCode;
import io.provision.report.DerivedInstance;
import io.provision.report.DescribedChange;
import io.provision.report.RollbackReport;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "rollback", description = "Undoes what init did, in reverse, from the journal; keeps every row.")
final class RollbackCommand implements Subcommand {

    @Parameters(paramLabel = "NAME", arity = "0..*",
            description = "The instances, also such as the manifest does not list any more; all where none is named.")
    private List<String> names = List.of();

    @Option(names = "--run", paramLabel = "ID", description = "Undo one run; `provision history` lists them.")
    private Optional<String> run = Optional.empty();

    @Option(names = "--dry-run", description = "Show what would be undone, and undo nothing.")
    private boolean dryRun;

    @Option(names = "--yes", description = "Do it without asking, but for hazards.")
    private boolean yes;

    @Mixin
    private HazardOption hazards = new HazardOption();

    @Mixin
    private PersistenceOption persistence = new PersistenceOption();

    @Option(names = "--skip-changed",
            description = "What another hand changed since is skipped anyway; with this it is no failure.")
    private boolean skipChanged;

    @Option(names = "--discard-data",
            description = "Drop tables that sql: files made with the rows that are in them, and keys in namespaces.")
    private boolean discardData;

    @Option(names = "--unprotect", paramLabel = "NAME",
            description = "Roll an instance back that the manifest protects; again for another one.")
    private List<String> unprotected = List.of();

    /** {@code --dry-run} is no run: the figures of the last one stay. */
    @Override
    public boolean measured() {
        return !dryRun;
    }

    @Override
    public ExitCode run(Invocation invocation) {
        JournalStore.require(
                invocation,
                "rollback reads the journal, which is in PostgreSQL, and nothing was journaled without it");
        Consent consent = new Consent(invocation, hazards.kinds());
        try (Workplace workplace = Workplace.openJournaled(invocation, "provision rollback")) {
            workplace.introduce();
            Scope scope = new Scope(
                    workplace.scope().manifest(),
                    workplace.scope().instances(),
                    invocation.options().stores(),
                    Map.of());
            Run record = RunRecords.of(invocation, scope.manifest(), "rollback");
            RollbackRequest request =
                    new RollbackRequest(Set.copyOf(names), run, discardData, Set.copyOf(unprotected));
            Rollback rollback = new Rollback(
                    scope,
                    workplace.stores(),
                    workplace.journal(),
                    request,
                    record.host());
            return dryRun
                    ? show(invocation, scope, rollback.survey())
                    : WatchedRun.of(
                            invocation,
                            workplace,
                            watched -> rollBack(invocation, scope, rollback, record, consent, watched));
        }
    }

    private ExitCode show(Invocation invocation, Scope scope, RollbackSurvey survey) {
        RollbackReport report = report(scope, survey);
        if (invocation.format() == OutputFormat.TEXT) {
            report.text(invocation.palette(), invocation::show);
        } else {
            invocation.print(report.document());
        }
        if (!survey.plan().refusals().isEmpty()) {
            return ExitCode.REFUSED;
        }
        return leavesAFault(survey) ? ExitCode.FAILED : ExitCode.DONE;
    }

    /** What is kept for what is in it, or stands on another machine, is none. */
    private boolean leavesAFault(RollbackSurvey survey) {
        return survey.rollback().kept().stream().anyMatch(Remark::unseen)
                || !skipChanged && !survey.rollback().skipped().isEmpty();
    }

    private static RollbackReport report(Scope scope, RollbackSurvey survey) {
        ChangeTexts texts = new ChangeTexts(scope, survey.facts().serverVersion());
        return new RollbackReport(
                survey,
                change -> new DescribedChange(change, texts.forward(change), texts.inverse(change), List.of()),
                PlanPrinter.unfinished(survey.left()));
    }

    private ExitCode rollBack(
            Invocation invocation,
            Scope scope,
            Rollback rollback,
            Run record,
            Consent consent,
            WatchedRun watched) {
        Rollback.Result result = rollback.rollBack(
                record,
                watched.options(false, persistence),
                survey -> watched.watch().mayEndDuring(() -> consent.beforeRollback(
                        survey.plan(), () -> report(scope, survey).text(invocation.palette()), yes)),
                watched.progress(),
                watched.interruption());
        Outcome outcome = result.outcome();
        watched.ended(
                outcome,
                touched(scope, result.survey()).size(),
                result.survey().plan().byInstance().keySet());
        print(invocation, scope, result);
        return outcome.exitCode() == ExitCode.DONE && leavesAFault(result.survey())
                ? ExitCode.FAILED
                : outcome.exitCode();
    }

    private void print(Invocation invocation, Scope scope, Rollback.Result result) {
        RollbackReport report = report(scope, result.survey());
        invocation.show(
                () -> report.text(result.outcome()),
                () -> report.document(
                        result.outcome(),
                        result.outcome().ok() && !leavesAFault(result.survey()),
                        touched(scope, result.survey())));
    }

    private static List<DerivedInstance> touched(Scope scope, RollbackSurvey survey) {
        Set<String> instances =
                survey.plan().changes().stream().map(Change::instance).collect(Collectors.toSet());
        return scope.manifest().instances().stream()
                .filter(i -> instances.contains(i.name()))
                .map(i -> new DerivedInstance(i.identity(), i.naming(), i.adapter(), i.names()))
                .toList();
    }
}
