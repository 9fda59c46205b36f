package io.provision.cli;

import io.provision.problem.ExitCode;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code grants}: what gives a provisioning login the least it needs. */
@Command(name = "grants", description = "Prints the SQL and the ACL rule that give a provisioning login the least it "
        + "needs for this manifest.")
final class GrantsCommand implements Subcommand {

    @Parameters(paramLabel = "LOGIN", description = "The login's name.")
    private String login;

    @Override
    public List<OutputFormat> formats() {
        return List.of(OutputFormat.TEXT, OutputFormat.JSON, OutputFormat.SQL);
    }

    @Override
    public ExitCode run(Invocation invocation) {
        throw new UnsupportedOperationException(login);
    }
}
