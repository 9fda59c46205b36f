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
                        .remedy(gone ? remedyOfLoss(e) : remedy(e))),
                e);
    }

    /** @param during what it was at, as "another run was waited for" */
    static ProvisionException interrupted(String during) {
        return new ProvisionException(ExitCode.INTERRUPTED, Problem.error("interrupted while " + during));
    }

    private static String remedyOfLoss(DatabaseFailure e) {
        return e.sqlState().equals("57P05")
                ? "raise idle_session_timeout: ALTER ROLE … SET idle_session_timeout = '1min'; then run the same"
                        + " command again"
                : "look after the server, then run the same command again";
    }

    private static String remedyOfRefusal(DatabaseFailure e) {
        if (!e.where().isEmpty()) {
            return "a function that the server ran along with it was refused that, such as an event trigger's: give the"
                    + " login the right, or let whoever owns the function make it SECURITY DEFINER";
        }
        return TakenFromPublic.in(e)
                .map(taken -> "a new database lets everybody do that, and here it was taken from PUBLIC; let"
                        + " somebody who may run: " + taken.grant("LOGIN"))
                .orElse("`provision grants LOGIN` prints what the login needs");
    }

    private static String remedy(DatabaseFailure e) {
        return switch (e.sqlState()) {
            case "42501" -> remedyOfRefusal(e);
            case "22021" -> "write it anew in UTF-8 (ALTER … RENAME TO, COMMENT ON, CREATE OR REPLACE FUNCTION), in a"
                    + " session with client_encoding SQL_ASCII";
            case "55P03" -> "wait until the lock is free, or give it longer with `--lock-timeout`";
            case "53100" -> "free space on the server's disk";
            case "25006" -> "connect to a server that takes writes";
            default -> "mend that, then run the same command again: what was done stays, what was not is tried again";
        };
    }
}
