package io.provision.cli;

import io.provision.problem.ExitCode;
import java.util.List;

/**
 * One subcommand: a class with picocli's {@code @Command}, {@code @Option} and {@code @Parameters} of its own, and a
 * line in {@link Subcommands}.
 */
interface Subcommand {

    /** What {@code -o} takes here, the default first. */
    default List<OutputFormat> formats() {
        return OutputFormat.COMMON;
    }

    /**
     * Does it, and prints the result.
     *
     * @throws io.provision.problem.ProvisionException where it cannot go on
     */
    ExitCode run(Invocation invocation);

    /** Whether its runs leave figures where {@code --metrics} says. */
    default boolean measured() {
        return false;
    }
}
