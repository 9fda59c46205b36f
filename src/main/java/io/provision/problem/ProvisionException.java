package io.provision.problem;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The one exception of the product: a command cannot go on. It carries everything that is wrong, not only the first
 * thing, and the exit code that the command ends with; {@code cli} turns it into text in exactly one place.
 */
public final class ProvisionException extends RuntimeException {

    private final transient List<Problem> problems;
    private final ExitCode exitCode;

    public ProvisionException(ExitCode exitCode, List<Problem> problems) {
        this(exitCode, problems, null);
    }

    public ProvisionException(ExitCode exitCode, Problem problem) {
        this(exitCode, List.of(problem), null);
    }

    /** @param cause shown only with {@code -v}; may be {@code null}, as {@link RuntimeException} has it */
    public ProvisionException(ExitCode exitCode, List<Problem> problems, Throwable cause) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")), cause);
        this.exitCode = Objects.requireNonNull(exitCode, "exitCode");
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }

    public ExitCode exitCode() {
        return exitCode;
    }
}
