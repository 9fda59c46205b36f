package io.provision.cli;

import io.provision.apply.History;
import io.provision.journal.RunEntry;
import io.provision.manifest.Manifest;
import io.provision.postgres.Postgres;
import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import io.provision.report.HistoryReport;
import io.provision.report.RunReport;
import io.provision.report.RunScript;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "history", description = "Shows the journal: runs, who, when, what, how it ended.")
final class HistoryCommand implements Subcommand {

    @Parameters(paramLabel = "NAME", arity = "0..*",
            description = "Only runs that changed these, also such as the manifest does not list any more.")
    private List<String> names = List.of();

    @Option(names = "--run", paramLabel = "ID",
            description = "Only this run, with its changes; with -o sql, all that it sent.")
    private Optional<String> run = Optional.empty();

    @Override
    public List<OutputFormat> formats() {
        return List.of(OutputFormat.TEXT, OutputFormat.JSON, OutputFormat.YAML, OutputFormat.SQL);
    }

    @Override
    public ExitCode run(Invocation invocation) {
        JournalStore.require(invocation, "the journal is in PostgreSQL");
        if (invocation.format() == OutputFormat.SQL && (run.isEmpty() || !names.isEmpty())) {
            throw new ProvisionException(
                    ExitCode.USAGE,
                    Problem.error("`-o sql` writes what one run sent, whole").remedy("name it with `--run ID` alone"));
        }
        try (Workplace workplace = Workplace.openPostgres(invocation, "provision history")) {
            workplace.introduce();
            Postgres postgres = workplace.stores().postgres().orElseThrow();
            if (invocation.format() == OutputFormat.SQL) {
                History.run(postgres, workplace.journal(), run.orElseThrow(),
                        log -> new RunScript(log).sql(invocation::print));
                return ExitCode.DONE;
            }
            List<RunEntry> all = History.runs(postgres, workplace.journal());
            requireKnown(workplace.scope().manifest(), all);
            if (run.isPresent()) {
                History.run(postgres, workplace.journal(), run.get(), log -> {
                    RunReport report = new RunReport(log, names);
                    if (invocation.format() == OutputFormat.TEXT) {
                        report.text(invocation.columns(), invocation.palette(), invocation::show);
                    } else {
                        invocation.print(report.document());
                    }
                });
                return ExitCode.DONE;
            }
            Set<String> asked = Set.copyOf(names);
            HistoryReport report = new HistoryReport(all.stream()
                    .filter(entry -> names.isEmpty() || entry.instances().stream().anyMatch(asked::contains))
                    .toList());
            invocation.show(() -> report.text(invocation.columns(), invocation.palette()), report::document);
            return ExitCode.DONE;
        }
    }

    private void requireKnown(Manifest manifest, List<RunEntry> runs) {
        List<Problem> problems = History.unknownNames(
                names, runs.stream().flatMap(entry -> entry.instances().stream()), manifest);
        if (!problems.isEmpty()) {
            throw new ProvisionException(ExitCode.USAGE, problems);
        }
    }
}
