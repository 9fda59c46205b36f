package io.provision.cli;

import io.provision.apply.ApplyOptions;
import io.provision.apply.Interruption;
import io.provision.apply.Outcome;
import io.provision.apply.Rotation;
import io.provision.apply.RotationRequest;
import io.provision.plan.Store;
import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import io.provision.report.RotationReport;
import io.provision.report.RunMetrics;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "rotate",
        description = "Gives roles and Redis users new passwords; Redis takes the old ones until --retire-old.")
final class RotateCommand implements Subcommand {

    @Parameters(paramLabel = "NAME", arity = "1..*", description = "The instances.")
    private List<String> names = List.of();

    @Option(names = "--retire-old",
            description = "Give no new passwords, and have Redis take the one that the manifest tells of alone.")
    private boolean retireOld;

    @Option(names = "--yes", description = "Do it without asking.")
    private boolean yes;

    @Mixin
    private PersistenceOption persistence = new PersistenceOption();

    @Override
    public List<OutputFormat> formats() {
        return List.of(OutputFormat.TEXT, OutputFormat.JSON, OutputFormat.YAML);
    }

    @Override
    public boolean measured() {
        return true;
    }

    @Override
    public ExitCode run(Invocation invocation) {
        requireJournal(invocation);
        Consent consent = new Consent(invocation, List.of());
        try (Workplace workplace = Workplace.open(invocation, names, "provision rotate")) {
            workplace.introduce();
            Interruption interruption = new Interruption();
            try (SignalWatch watch = SignalWatch.over(interruption, workplace.embedded())) {
                ExitCode code = apply(invocation, workplace, consent, interruption, watch);
                // Once the watch is closed, a JVM that was told to end does.
                invocation.context().out().flush();
                return code;
            }
        }
    }

    private static void requireJournal(Invocation invocation) {
        if (!invocation.options().stores().contains(Store.POSTGRES)) {
            throw new ProvisionException(
                    ExitCode.USAGE,
                    Problem.error("rotate keeps a journal, which is in PostgreSQL")
                            .remedy("name postgres in `--only`, or leave that out"));
        }
    }

    private ExitCode apply(
            Invocation invocation,
            Workplace workplace,
            Consent consent,
            Interruption interruption,
            SignalWatch watch) {
        MetricsFile metrics = new MetricsFile(invocation);
        try (ProgressLine progress = new ProgressLine(invocation)) {
            Rotation.Result result = rotation(invocation, workplace).rotate(
                    options(invocation.options()),
                    survey -> watch.mayEndDuring(() -> consent.beforeRotate(
                            survey.plan(), () -> new RotationReport(survey).text(invocation.palette()), yes)),
                    progress,
                    interruption);
            progress.close();
            Outcome outcome = result.outcome();
            RotationReport report = new RotationReport(result.survey());
            metrics.write((ended, took) -> RunMetrics.ofRun(outcome, report.instances().size(), ended, took));
            FailureTexts.tell(invocation, workplace, outcome);
            FailureTexts.tellFinished(
                    invocation, outcome, Set.copyOf(report.instances()), progress.finished());
            print(invocation, workplace, report, outcome);
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

    private Rotation rotation(Invocation invocation, Workplace workplace) {
        return new Rotation(
                workplace.scope(),
                workplace.stores(),
                workplace.journal(),
                new RotationRequest(
                        RunRecords.of(invocation, workplace.scope().manifest(), "rotate"),
                        retireOld,
                        invocation.context().environment()));
    }

    private static void print(
            Invocation invocation, Workplace workplace, RotationReport report, Outcome outcome) {
        if (invocation.format() == OutputFormat.TEXT) {
            invocation.print(report.text(outcome));
        } else {
            invocation.print(report.document(outcome, workplace.derived()));
        }
    }

    private ApplyOptions options(SharedOptions shared) {
        return new ApplyOptions(
                shared.lockTimeout(), shared.waitForOtherRun(), shared.timeout(), shared.parallel(), false,
                !persistence.off());
    }
}
