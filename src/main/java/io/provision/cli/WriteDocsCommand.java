package io.provision.cli;

import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What the build calls to put manual pages and completion into a distribution. */
@Command(name = WriteDocsCommand.NAME, hidden = true, description = "Writes manual pages and completion into a folder.")
final class WriteDocsCommand implements Subcommand {

    static final String NAME = "write-docs";

    @Parameters(paramLabel = "DIR", description = "The folder; made if it is missing.")
    private Path folder;

    @Spec
    private CommandSpec spec;

    @Override
    public List<OutputFormat> formats() {
        return List.of(OutputFormat.TEXT);
    }

    @Override
    public ExitCode run(Invocation invocation) {
        Path to = invocation.path(folder);
        try {
            Path manual = Files.createDirectories(to.resolve("man/man1"));
            write(manual, spec.root());
            for (CommandLine subcommand : spec.root().subcommands().values()) {
                if (!subcommand.getCommandSpec().usageMessage().hidden()) {
                    write(manual, subcommand.getCommandSpec());
                }
            }
            Path completion = Files.createDirectories(to.resolve("completion"));
            Files.writeString(completion.resolve("provision.bash"), CompletionScript.of(spec.root()));
            return ExitCode.DONE;
        } catch (IOException e) {
            throw new ProvisionException(
                    ExitCode.FAILED, List.of(Problem.error("writing into %s failed: %s".formatted(to, e))), e);
        }
    }

    private static void write(Path manual, CommandSpec command) throws IOException {
        ManPage page = new ManPage(command, RunRecords.version());
        Files.writeString(manual.resolve(page.fileName()), page.roff());
    }
}
