package io.provision.cli;

import io.provision.manifest.AddedInstance;
import io.provision.problem.ExitCode;
import io.provision.problem.IoReason;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import io.provision.report.AddedReport;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code add}: one more instance in the manifest. */
@Command(name = "add", description = "Adds an instance to the manifest: one line, everything else in it stays as it "
        + "is. Touches no server.")
final class AddCommand implements Subcommand {

    private static final int ATTEMPTS = 100;

    @Parameters(paramLabel = "NAME", description = "The instance's name.")
    private String name;

    @Option(names = "--service", paramLabel = "NAME",
            description = "The service it is an instance of; otherwise the one whose stem fits.")
    private Optional<String> service = Optional.empty();

    @Override
    public ExitCode run(Invocation invocation) {
        AddedReport report = new AddedReport(added(invocation));
        if (invocation.format() == OutputFormat.TEXT) {
            invocation.print(report.text());
        } else {
            invocation.print(report.document());
        }
        return ExitCode.DONE;
    }

    /** Of several that add at once, each takes what the others have added as it stands, and adds to that. */
    private AddedInstance added(Invocation invocation) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            AddedInstance added = AddedInstance.to(
                    ManifestFiles.of(invocation), invocation.context().environment(), name, service);
            if (changes(added)) {
                return added;
            }
        }
        throw new ProvisionException(
                ExitCode.FAILED,
                Problem.error("adding %s to the manifest failed: somebody else changes it all the time".formatted(name))
                        .remedy("run the same command again when that has ended; nothing was added"));
    }

    private boolean changes(AddedInstance added) {
        try {
            return WholeFile.change(added.file(), added.before(), added.text());
        } catch (IOException e) {
            throw new ProvisionException(
                    ExitCode.FAILED,
                    List.of(Problem.error("adding %s to %s failed: %s".formatted(name, added.file(), IoReason.of(e)))
                            .remedy(IoReason.remedy(e, "the manifest and its folder must be writable")
                                    + "; it is as it was")),
                    e);
        }
    }
}
