package io.provision.postgres;

import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import java.util.List;

/** Turns what the server said into what a person reads. */
public final class Failures {

    private Failures() {}

    /** @param doing what was being done, as "taking the lock" */
    public static ProvisionException of(String doing, DatabaseFailure e) {
        boolean gone = e.connectionLost();
        return new ProvisionException(
                gone ? ExitCode.UNREACHABLE : ExitCode.FAILED,
                List.of(Problem.error("%s failed: %s".formatted(doing, e.getMessage()))
                        .remedy(gone ? "look after the server, then run the same command again" : remedy(e))),
                e);
    }

    /** @param during what it was at, as "another run was waited for" */
    static ProvisionException interrupted(String during) {
        return new ProvisionException(ExitCode.INTERRUPTED, Problem.error("interrupted while " + during));
    }

    private static String remedy(DatabaseFailure e) {
        return switch (e.sqlState()) {
            case "42501" -> "`provision grants LOGIN` prints what the login needs";
            case "55P03" -> "wait until the lock is free, or give it longer with `--lock-timeout`";
            case "53100" -> "free space on the server's disk";
            case "25006" -> "connect to a server that takes writes";
            default -> "mend that, then run the same command again: what was done stays, what was not is tried again";
        };
    }
}
