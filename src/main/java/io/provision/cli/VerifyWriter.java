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
import java.io.UncheckedIOException;
import java.io.Writer;
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

    /** As {@code -o} says. */
    void print() {
        switch (invocation.format()) {
            case JSON, YAML, JUNIT -> write(invocation.format(), invocation.context().out());
            case TEXT -> invocation.show(text(OutputFormat.TEXT));
            default -> invocation.print(text(invocation.format()));
        }
    }

    private String text(OutputFormat format) {
        return switch (format) {
            case MARKDOWN -> new MarkdownReport(run).text();
            case HTML -> new VerifyPage(run).html();
            default -> new VerifyReport(run.verdict()).text(invocation.columns(), invocation.palette());
        };
    }

    /** What has a line for each check goes there as it is made: that of ten thousand instances fills the memory. */
    private void write(OutputFormat format, Writer out) {
        switch (format) {
            case JSON -> new VerifyReport(run.verdict()).document().json(out);
            case YAML -> new VerifyReport(run.verdict()).document().yaml(out);
            case JUNIT -> new JUnitReport(run).xml(out);
            default -> append(text(format), out);
        }
    }

    private static void append(String text, Writer out) {
        try {
            out.append(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws ProvisionException FAILED, where one cannot be written: a gate without its evidence stays shut */
    void write(List<Path> files) {
        for (Path file : files) {
            try {
                OutputFormat format = format(file).orElseThrow();
                WholeFile.replace(invocation.path(file), open -> write(format, open));
            } catch (IOException e) {
                throw new ProvisionException(
                        ExitCode.FAILED,
                        Problem.error("the report could not be written to %s: %s".formatted(file, IoReason.of(e)))
                                .remedy(IoReason.remedy(e, "make its folder, writable for the user that runs this")));
            }
        }
    }
}
