package io.provision.cli;

import io.provision.apply.ApplyOptions;
import io.provision.apply.Interruption;
import io.provision.apply.Outcome;
import io.provision.plan.Change;
import io.provision.plan.Hazard;
import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import io.provision.report.OutcomeReport;
import io.provision.report.RunMetrics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "init", description = "Makes what the manifest says; a second time it finds nothing to do.")
final class InitCommand implements Subcommand {

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "The instances; all where none is named.")
    private List<String> names = List.of();

    @Option(names = "--dry-run", description = "The same as plan.")
    private boolean dryRun;

    @Option(names = "--allow-hazard", paramLabel = "KIND", split = ",",
            description = "Do what might break something for somebody else; the plan names the kinds.")
    private List<String> allowedHazards = List.of();

    @Option(names = "--fail-fast", description = "Stop at the first instance that fails.")
    private boolean failFast;

    @Override
    public List<OutputFormat> formats() {
        return dryRun
                ? List.of(OutputFormat.TEXT, OutputFormat.JSON, OutputFormat.YAML, OutputFormat.SQL)
                : List.of(OutputFormat.TEXT, OutputFormat.JSON, OutputFormat.YAML);
    }

    @Override
    public ExitCode run(Invocation invocation) {
        refuseUnknownHazards();
        try (Workplace workplace = Workplace.open(invocation, names, "provision init")) {
            workplace.introduce();
            if (dryRun) {
                var survey = workplace.provisioning().survey();
                PlanPrinter.print(invocation, workplace, survey);
                return survey.plan().refusals().isEmpty() ? ExitCode.DONE : ExitCode.REFUSED;
            }
            return apply(invocation, workplace);
        }
    }

    private void refuseUnknownHazards() {
        List<Problem> problems = allowedHazards.stream()
                .filter(kind -> !Hazard.KINDS.contains(kind))
                .map(kind -> Problem.error("--allow-hazard knows no kind `%s`".formatted(kind))
                        .remedy("there are: " + String.join(", ", Hazard.KINDS)))
                .toList();
        if (!problems.isEmpty()) {
            throw new ProvisionException(ExitCode.USAGE, problems);
        }
    }

    private ExitCode apply(Invocation invocation, Workplace workplace) {
        Interruption interruption = new Interruption();
        try (SignalWatch watch = SignalWatch.over(interruption, workplace.embedded())) {
            ExitCode code = apply(invocation, workplace, interruption, watch);
            // Once the watch is closed, a JVM that was told to end does.
            invocation.context().out().flush();
            return code;
        }
    }

    private ExitCode apply(
            Invocation invocation, Workplace workplace, Interruption interruption, SignalWatch watch) {
        MetricsFile metrics = new MetricsFile(invocation);
        Consent consent = new Consent(invocation, workplace, allowedHazards);
        try (ProgressLine progress = new ProgressLine(invocation)) {
            Outcome outcome = workplace.provisioning().init(
                    RunRecords.of(invocation, workplace.scope().manifest(), "init"),
                    invocation.context().environment(),
                    options(invocation.options()),
                    survey -> watch.mayEndDuring(() -> consent.ask(survey)),
                    progress,
                    interruption);
            progress.close();
            metrics.write((ended, took) ->
                    RunMetrics.ofRun(outcome, workplace.scope().instances().size(), ended, took));
            tellFailures(invocation, workplace, outcome);
            print(invocation, new OutcomeReport(outcome, workplace.derived()));
            return outcome.exitCode();
        } catch (ProvisionException e) {
            if (e.exitCode() != ExitCode.INTERRUPTED) {
                throw e;
            }
            e.problems().forEach(invocation.messages()::tell);
            return ExitCode.INTERRUPTED;
        }
    }

    /** Each reason once, whoever it hit: when a server goes away, it hits all that are left. */
    private static void tellFailures(Invocation invocation, Workplace workplace, Outcome outcome) {
        Messages messages = outcome.run().map(invocation.messages()::inRun).orElse(invocation.messages());
        Map<String, List<String>> byReason = outcome.failed().stream()
                .collect(Collectors.groupingBy(
                        Outcome.Failure::why,
                        LinkedHashMap::new,
                        Collectors.mapping(Outcome.Failure::instance, Collectors.toList())));
        String remedy = outcome.undone()
                ? "nothing of it was left behind: mend that, then run the same command again"
                : "run the same command again when that is mended: it finishes from the journal";
        byReason.forEach((why, instances) ->
                about(messages, workplace, instances).tell(Problem.error(who(instances) + ": " + why).remedy(remedy)));
    }

    private static Messages about(Messages messages, Workplace workplace, List<String> instances) {
        return instances.size() > 1
                ? messages
                : workplace.scope().manifest().instance(instances.get(0))
                        .map(instance -> messages.about(instance.identity().service(), instance.name()))
                        .orElse(messages);
    }

    private static String who(List<String> instances) {
        String some = instances.stream()
                .limit(3)
                .map(instance -> instance.equals(Change.SHARED) ? "what several instances share" : instance)
                .collect(Collectors.joining(", "));
        return instances.size() <= 3 ? some : some + " and %d more".formatted(instances.size() - 3);
    }

    private ApplyOptions options(SharedOptions shared) {
        return new ApplyOptions(
                shared.lockTimeout(), shared.waitForOtherRun(), shared.timeout(), shared.parallel(), failFast);
    }

    private static void print(Invocation invocation, OutcomeReport report) {
        if (invocation.format() == OutputFormat.TEXT) {
            invocation.print(report.text(invocation.columns(), invocation.palette()));
        } else {
            invocation.print(report.document());
        }
    }
}
