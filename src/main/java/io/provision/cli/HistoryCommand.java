package io.provision.cli;

import io.provision.apply.History;
import io.provision.journal.RunEntry;
import io.provision.plan.Store;
import io.provision.postgres.Postgres;
import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import io.provision.report.HistoryReport;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "history", description = "Shows the journal: runs, who, when, what, how it ended.")
final class HistoryCommand implements Subcommand {

    @Parameters(paramLabel = "NAME", arity = "0..*",
            description = "Only runs that changed these, also such as the manifest does not list any more.")
    private List<String> names = List.of();

    @Override
    public List<OutputFormat> formats() {
        return List.of(OutputFormat.TEXT, OutputFormat.JSON, OutputFormat.YAML);
    }

    @Override
    public ExitCode run(Invocation invocation) {
        if (!invocation.options().stores().contains(Store.POSTGRES)) {
            throw new ProvisionException(
                    ExitCode.USAGE,
                    Problem.error("the journal is in PostgreSQL").remedy("name it in `--only`, or leave that out"));
        }
        try (Workplace workplace = Workplace.openPostgres(invocation, "provision history")) {
            workplace.introduce();
            Postgres postgres = workplace.stores().postgres().orElseThrow();
            List<RunEntry> runs = History.runs(postgres, workplace.journal()).stream()
                    .filter(run -> names.isEmpty() || run.instances().stream().anyMatch(names::contains))
                    .toList();
            HistoryReport report = new HistoryReport(runs);
            if (invocation.format() == OutputFormat.TEXT) {
                invocation.print(report.text(invocation.columns(), invocation.palette()));
            } else {
                invocation.print(report.document());
            }
            return ExitCode.DONE;
        }
    }
}
