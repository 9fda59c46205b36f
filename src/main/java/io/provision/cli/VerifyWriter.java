package io.provision.cli;

import io.provision.problem.ExitCode;
import io.provision.problem.IoReason;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import io.provision.report.JUnitReport;
import io.provision.report.MarkdownReport;
import io.provision.report.VerifiedRun;
import io.provision.report.VerifyPage;
import io.provision.report.VerifyReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes a verification in each of its forms, on standard output and into files. */
final class VerifyWriter {

    private static final Map<String, OutputFormat> ENDINGS = Map.of(
            "json", OutputFormat.JSON,
            "yaml", OutputFormat.YAML,
            "yml", OutputFormat.YAML,
            "xml", OutputFormat.JUNIT,
            "md", OutputFormat.MARKDOWN,
            "html", OutputFormat.HTML);

    private final Invocation invocation;
    private final VerifiedRun run;

    VerifyWriter(Invocation invocation, VerifiedRun run) {
        this.invocation = invocation;
        this.run = run;
    }

    /** @throws ProvisionException USAGE, where a file's name does not say what is to be in it */
    static void requireKnown(List<Path> files) {
        List<Problem> problems = files.stream()
                .filter(file -> format(file).isEmpty())
                .map(file -> Problem.error("`--report %s`: its name does not say in which form".formatted(file))
                        .remedy("end it in .json, .yaml, .xml (JUnit), .md or .html"))
                .toList();
        if (!problems.isEmpty()) {
            throw new ProvisionException(ExitCode.USAGE, problems);
        }
    }

    private static Optional<OutputFormat> format(Path file) {
        String name = file.toString();
        return Optional.ofNullable(ENDINGS.get(name.substring(name.lastIndexOf('.') + 1)));
    }

    String text(OutputFormat format) {
        VerifyReport report = new VerifyReport(run.verdict());
        return switch (format) {
            case JSON -> report.document().json();
            case YAML -> report.document().yaml();
            case JUNIT -> new JUnitReport(run).xml();
            case MARKDOWN -> new MarkdownReport(run).text();
            case HTML -> new VerifyPage(run).html();
            default -> report.text(invocation.columns(), invocation.palette());
        };
    }

    /** @throws ProvisionException FAILED, where one cannot be written: a gate without its evidence stays shut */
    void write(List<Path> files) {
        for (Path file : files) {
            try {
                WholeFile.replace(invocation.path(file), text(format(file).orElseThrow()));
            } catch (IOException e) {
                throw new ProvisionException(
                        ExitCode.FAILED,
                        Problem.error("the report could not be written to %s: %s".formatted(file, IoReason.of(e)))
                                .remedy(IoReason.remedy(e, "make its folder, writable for the user that runs this")));
            }
        }
    }
}
