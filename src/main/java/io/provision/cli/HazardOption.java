package io.provision.cli;

import io.provision.plan.Hazard;
import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import java.util.List;
import picocli.CommandLine.Option;

/** {@code --allow-hazard}, of every command that might break something for somebody else. */
final class HazardOption {

    @Option(names = "--allow-hazard", paramLabel = "KIND", split = ",",
            description = "Do what might break something for somebody else; the plan names the kinds.")
    private List<String> kinds = List.of();

    /** @throws ProvisionException with {@link ExitCode#USAGE} where a kind is none */
    List<String> kinds() {
        List<Problem> problems = kinds.stream()
                .filter(kind -> !Hazard.KINDS.contains(kind))
                .map(kind -> Problem.error("--allow-hazard knows no kind `%s`".formatted(kind))
                        .remedy("there are: " + String.join(", ", Hazard.KINDS)))
                .toList();
        if (!problems.isEmpty()) {
            throw new ProvisionException(ExitCode.USAGE, problems);
        }
        return kinds;
    }
}
