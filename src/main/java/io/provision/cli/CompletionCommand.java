package io.provision.cli;

import io.provision.problem.ExitCode;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code completion}: the script that completes commands and options in a shell. */
@Command(name = "completion", description = "Prints the completion script of a shell.")
final class CompletionCommand implements Subcommand {

    @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
    private Shell shell;

    @Spec
    private CommandSpec spec;

    enum Shell {
        BASH,
        ZSH;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public List<OutputFormat> formats() {
        return List.of(OutputFormat.TEXT);
    }

    /** The script that picocli writes for bash turns bash's completion on in zsh by itself. */
    @Override
    public ExitCode run(Invocation invocation) {
        String command = spec.root().name();
        String how = shell == Shell.BASH
                ? "# source <(%s completion bash)\n".formatted(command)
                : "# source <(%s completion zsh), after compinit\n".formatted(command);
        invocation.print(how + CompletionScript.of(spec.root()));
        return ExitCode.DONE;
    }
}
