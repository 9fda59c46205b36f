package io.provision.cli;

import io.provision.apply.Outcome;
import io.provision.apply.Survey;
import io.provision.problem.ExitCode;
import io.provision.report.OutcomeReport;
import io.provision.report.PlanFile;
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

    @Option(names = "--plan", paramLabel = "FILE", converter = FileOrStream.class, description = {
        "Do exactly what plan --out saved there; refused where things have changed since.",
        "- is standard input."})
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

    /** {@code --dry-run} is no run: the figures of the last one stay. */
    @Override
    public boolean measured() {
        return !dryRun;
    }

    @Override
    public ExitCode run(Invocation invocation) {
        Consent consent = new Consent(invocation, hazards.kinds());
        Optional<PlanFile> saved = planFile.map(file -> SavedPlan.read(invocation, names, file));
        try (Workplace workplace =
                Workplace.open(invocation, saved.map(PlanFile::names).orElse(names), "provision init")) {
            workplace.introduce();
            saved.ifPresent(plan -> SavedPlan.comparePlaces(invocation, workplace, plan));
            return dryRun
                    ? show(invocation, workplace, saved)
                    : WatchedRun.of(
                            invocation, workplace, run -> init(invocation, workplace, consent, saved, run));
        }
    }

    private static ExitCode show(Invocation invocation, Workplace workplace, Optional<PlanFile> saved) {
        Survey survey = workplace.provisioning().survey();
        saved.ifPresent(plan -> InitAgreement.refuseStale(plan, PlanPrinter.report(workplace, survey)));
        PlanPrinter.print(invocation, workplace, survey);
        return survey.plan().refusals().isEmpty() ? ExitCode.DONE : ExitCode.REFUSED;
    }

    private ExitCode init(
            Invocation invocation,
            Workplace workplace,
            Consent consent,
            Optional<PlanFile> saved,
            WatchedRun run) {
        InitAgreement agreement = new InitAgreement(invocation, workplace, consent, run.watch(), saved);
        Outcome outcome = workplace.provisioning().init(
                RunRecords.of(invocation, workplace.scope().manifest(), "init"),
                invocation.context().environment(),
                run.options(failFast, persistence),
                agreement,
                run.progress(),
                run.interruption());
        run.ended(outcome, workplace.scope().instances().size(), agreement.planned());
        OutcomeReport report = new OutcomeReport(outcome, workplace.derived());
        invocation.show(() -> report.text(invocation.columns(), invocation.palette()), report::document);
        return outcome.exitCode();
    }
}
