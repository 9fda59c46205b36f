package io.provision.cli;

import io.provision.manifest.Instance;
import io.provision.manifest.ManifestReader;
import io.provision.manifest.Reading;
import io.provision.postgres.SqlFolder;
import io.provision.problem.ExitCode;
import io.provision.problem.Problem.Severity;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import io.provision.report.EffectiveReport;
import io.provision.report.ValidationReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code validate}: everything that is wrong with the manifest. */
@Command(name = "validate", description = "Reads the manifest and reports everything that is wrong with it. Touches no "
        + "server.")
final class ValidateCommand implements Subcommand {

    @Option(names = "--effective", description = "Print what every instance's settings come to, and from where.")
    private boolean effective;

    @Option(names = "--strict", description = "Warnings are errors.")
    private boolean strict;

    @Override
    public ExitCode run(Invocation invocation) {
        Reading reading = ManifestReader.read(ManifestFiles.of(invocation), invocation.context().environment());
        ValidationReport report = report(invocation, reading);
        boolean faulty = report.problems().stream().anyMatch(Problem::isError);
        if (effective && reading instanceof Reading.Read read) {
            report.problems().forEach(invocation.messages()::tell);
            EffectiveReport values = new EffectiveReport(read.effective());
            invocation.show(() -> values.text(invocation.palette()), values::document);
        } else {
            print(invocation, report);
        }
        return faulty ? ExitCode.USAGE : ExitCode.DONE;
    }

    private static void print(Invocation invocation, ValidationReport report) {
        invocation.show(() -> report.text(invocation.palette()), report::document);
        report.problems().forEach(invocation.messages()::annotate);
    }

    private ValidationReport report(Invocation invocation, Reading reading) {
        if (reading instanceof Reading.Read read) {
            List<Problem> problems = new ArrayList<>(read.manifest().warnings());
            problems.addAll(problemsOf(() -> Workplace.refuseEmbedded(invocation, read.manifest())));
            problems.addAll(problemsOfConnections(invocation, read));
            problems.addAll(problemsOf(() -> SqlFolder.readAll(
                    read.manifest().instances().stream().map(Instance::sql).flatMap(Optional::stream))));
            return new ValidationReport(judged(problems), OptionalInt.of(read.manifest().instances().size()));
        }
        return new ValidationReport(judged(((Reading.Faulty) reading).problems()), OptionalInt.empty());
    }

    private static List<Problem> problemsOfConnections(Invocation invocation, Reading.Read read) {
        Connections connections = new Connections(invocation, read.manifest());
        List<Problem> problems = new ArrayList<>();
        if (!connections.embeddedPostgres()) {
            problemsOf(() -> connections.postgres(connections.postgresUrl())).forEach(problem -> problems.add(
                    invocation.options().postgresUrl().isPresent() ? problem : placed(problem, "postgres.url", read)));
        }
        if (!connections.embeddedRedis()) {
            problemsOf(() -> connections.redis(connections.redisUrls())).forEach(problem -> problems.add(
                    invocation.options().redisUrl().isPresent() ? problem : placed(problem, "redis.url", read)));
        }
        return problems;
    }

    private static Problem placed(Problem problem, String path, Reading.Read read) {
        return read.effective().connections().stream()
                .filter(setting -> setting.path().equals(path))
                .flatMap(setting -> setting.place().stream())
                .findFirst()
                .map(problem::at)
                .orElse(problem);
    }

    /** What else stands in the way before any server is touched. */
    private static List<Problem> problemsOf(Runnable check) {
        try {
            check.run();
            return List.of();
        } catch (ProvisionException e) {
            return e.problems();
        }
    }

    private List<Problem> judged(List<Problem> problems) {
        return strict
                ? problems.stream()
                        .map(p -> new Problem(Severity.ERROR, p.message(), p.place(), p.remedy()))
                        .toList()
                : problems;
    }
}
