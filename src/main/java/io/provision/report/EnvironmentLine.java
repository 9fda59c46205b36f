package io.provision.report;

import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import java.util.regex.Pattern;

/**
 * A {@code NAME=value} line that a shell, docker compose's {@code env_file} and {@code docker run --env-file} read
 * alike. The last of them knows no quotes, so a value is written bare wherever that means the same to all three.
 */
final class EnvironmentLine {

    private static final Pattern BARE = Pattern.compile("[A-Za-z0-9_@%+=:,./-]*");
    private static final Pattern QUOTABLE = Pattern.compile("[^'\\p{Cntrl}]*");

    private EnvironmentLine() {}

    /**
     * Without a line end.
     *
     * @throws ProvisionException where no writing means the same to a shell and to an env file
     */
    static String of(String name, String value) {
        if (BARE.matcher(value).matches()) {
            return name + "=" + value;
        }
        if (QUOTABLE.matcher(value).matches()) {
            return name + "='" + value + "'";
        }
        throw new ProvisionException(ExitCode.USAGE, Problem
                .error("`" + name + "` cannot be written so that a shell and an env file both take it: " + value)
                .remedy("choose a value without quotes and control characters"));
    }
}
