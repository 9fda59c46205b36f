package io.provision.cli;

import io.provision.apply.Survey;
import io.provision.problem.ExitCode;
import io.provision.report.JsonFields;
import io.provision.report.RunMetrics;
import io.provision.report.StatusReport;
import io.provision.status.StatusSurvey;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "status", description = "Shows how each instance stands, a line each.")
final class StatusCommand implements Subcommand {

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "The instances; all where none is named.")
    private List<String> names = List.of();

    @Option(names = "--stale-after", paramLabel = "TIME", converter = AgeConverter.class,
            description = "How old an entry in discovery may be before it is called stale (5min).")
    private Duration staleAfter = Duration.ofMinutes(5);

    @Override
    public boolean measured() {
        return true;
    }

    @Override
    public ExitCode run(Invocation invocation) {
        try (Workplace workplace = Workplace.open(invocation, names, "provision status")) {
            workplace.introduce();
            MetricsFile metrics = new MetricsFile(invocation);
            Survey survey = workplace.provisioning().inspect();
            StatusReport report = new StatusReport(
                    new StatusSurvey(workplace.scope(), workplace.stores(), survey, JsonFields::of).status(),
                    RunRecords.version(),
                    invocation.context().variable("ENVIRONMENT").orElse(""),
                    invocation.context().clock().instant(),
                    staleAfter);
            metrics.write((ended, took) ->
                    RunMetrics.ofPlan(survey.plan(), workplace.scope().instances(), ended, took));
            invocation.show(() -> report.text(invocation.columns(), invocation.palette()), report::document);
            if (invocation.format() != OutputFormat.TEXT) {
                report.besides().forEach(invocation.messages()::note);
            }
            return ExitCode.DONE;
        }
    }
}
