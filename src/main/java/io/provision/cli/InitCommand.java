package io.provision.cli;

import io.provision.apply.ApplyOptions;
import io.provision.apply.Interruption;
import io.provision.apply.Outcome;
import io.provision.apply.Survey;
import io.provision.problem.ExitCode;
import io.provision.problem.ProvisionException;
import io.provision.report.OutcomeReport;
import io.provision.report.PlanFile;
import io.provision.report.RunMetrics;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "init", description = "Makes what the manifest says; a second time it finds nothing to do.")
final class InitCommand implements Subcommand {

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "The instances; all where none is named.")
    private List<String> names = List.of();

    @Option(names = "--dry-run", description = "The same as plan.")
    private boolean dryRun;

    @Option(names = "--plan", paramLabel = "FILE",
            description = "Do exactly what plan --out saved there; refused where things have changed since.")
    private Optional<Path> planFile = Optional.empty();

    @Mixin
    private HazardOption hazards = new HazardOption();

    @Mixin
    private PersistenceOption persistence = new PersistenceOption();

    @Option(names = "--fail-fast", description = "Stop at the first instance that fails.")
    private boolean failFast;

    @Override
    public List<OutputFormat> formats() {
        return dryRun
                ? List.of(OutputFormat.TEXT, OutputFormat.JSON, OutputFormat.YAML, OutputFormat.SQL)
                : List.of(OutputFormat.TEXT, OutputFormat.JSON, OutputFormat.YAML);
    }

    @Override
    public boolean measured() {
        return true;
    }

    @Override
    public ExitCode run(Invocation invocation) {
        Consent consent = new Consent(invocation, hazards.kinds());
        Optional<PlanFile> saved = planFile.map(file -> SavedPlan.read(invocation, names, file));
        try (Workplace workplace =
                Workplace.open(invocation, saved.map(PlanFile::names).orElse(names), "provision init")) {
            workplace.introduce();
            saved.ifPresent(plan -> SavedPlan.comparePlaces(invocation, workplace, plan));
            return dryRun ? show(invocation, workplace, saved) : apply(invocation, workplace, consent, saved);
        }
    }

    private static ExitCode show(Invocation invocation, Workplace workplace, Optional<PlanFile> saved) {
        Survey survey = workplace.provisioning().survey();
        saved.ifPresent(plan -> InitAgreement.refuseStale(plan, PlanPrinter.report(workplace, survey)));
        PlanPrinter.print(invocation, workplace, survey);
        return survey.plan().refusals().isEmpty() ? ExitCode.DONE : ExitCode.REFUSED;
    }

    private ExitCode apply(
            Invocation invocation, Workplace workplace, Consent consent, Optional<PlanFile> saved) {
        Interruption interruption = new Interruption();
        try (SignalWatch watch = SignalWatch.over(interruption, workplace.embedded())) {
            InitAgreement agreement = new InitAgreement(invocation, workplace, consent, watch, saved);
            ExitCode code = apply(invocation, workplace, agreement, interruption);
            // Once the watch is closed, a JVM that was told to end does.
            invocation.context().out().flush();
            return code;
        }
    }

    private ExitCode apply(
            Invocation invocation, Workplace workplace, InitAgreement agreement, Interruption interruption) {
        MetricsFile metrics = new MetricsFile(invocation);
        try (ProgressLine progress = new ProgressLine(invocation)) {
            Outcome outcome = workplace.provisioning().init(
                    RunRecords.of(invocation, workplace.scope().manifest(), "init"),
                    invocation.context().environment(),
                    options(invocation.options()),
                    agreement,
                    progress,
                    interruption);
            progress.close();
            metrics.write((ended, took) ->
                    RunMetrics.ofRun(outcome, workplace.scope().instances().size(), ended, took));
            FailureTexts.tell(invocation, workplace, outcome);
            FailureTexts.tellFinished(invocation, outcome, agreement.planned(), progress.finished());
            print(invocation, new OutcomeReport(outcome, workplace.derived()));
            return outcome.exitCode();
        } catch (ProvisionException e) {
            if (e.exitCode() != ExitCode.INTERRUPTED) {
                throw e;
            }
            metrics.writeFailure();
            e.problems().forEach(invocation.messages()::tell);
            return ExitCode.INTERRUPTED;
        }
    }

    private ApplyOptions options(SharedOptions shared) {
        return new ApplyOptions(
                shared.lockTimeout(), shared.waitForOtherRun(), shared.timeout(), shared.parallel(), failFast,
                !persistence.off());
    }

    private static void print(Invocation invocation, OutcomeReport report) {
        if (invocation.format() == OutputFormat.TEXT) {
            invocation.print(report.text(invocation.columns(), invocation.palette()));
        } else {
            invocation.print(report.document());
        }
    }
}
