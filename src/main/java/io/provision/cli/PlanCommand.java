package io.provision.cli;

import io.provision.apply.Survey;
import io.provision.plan.Plan;
import io.provision.problem.ExitCode;
import io.provision.report.RunMetrics;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "plan", description = "Shows what init would do, and what undoes it; changes nothing.")
final class PlanCommand implements Subcommand {

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "The instances; all where none is named.")
    private List<String> names = List.of();

    @Option(names = "--detailed-exitcode", description = "End with 3 where there is something to do.")
    private boolean detailedExitCode;

    @Option(names = "--out", paramLabel = "FILE", converter = FileOrStream.class, description = {
        "Save it too, for init --plan; - is standard output, which has nothing else then."})
    private Optional<Path> out = Optional.empty();

    @Override
    public List<OutputFormat> formats() {
        return List.of(OutputFormat.TEXT, OutputFormat.JSON, OutputFormat.YAML, OutputFormat.SQL);
    }

    @Override
    public boolean measured() {
        return true;
    }

    @Override
    public ExitCode run(Invocation invocation) {
        try (Workplace workplace = Workplace.open(invocation, names, "provision plan")) {
            workplace.introduce();
            MetricsFile metrics = new MetricsFile(invocation);
            Survey survey = workplace.provisioning().planning();
            Plan plan = survey.plan();
            metrics.write((ended, took) -> RunMetrics.ofPlan(plan, workplace.scope().instances(), ended, took));
            out.ifPresent(file -> SavedPlan.write(
                    invocation, workplace, PlanPrinter.report(workplace, survey), names, file));
            if (out.filter(FileOrStream.STREAM::equals).isPresent()) {
                plan.refusals().forEach(invocation.messages()::tell);
            } else {
                PlanPrinter.print(invocation, workplace, survey);
            }
            if (!plan.refusals().isEmpty()) {
                return ExitCode.REFUSED;
            }
            return detailedExitCode && !survey.nothingToDo() ? ExitCode.DIFFERENCE : ExitCode.DONE;
        }
    }
}
