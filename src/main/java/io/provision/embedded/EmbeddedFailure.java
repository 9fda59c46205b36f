package io.provision.embedded;

import io.provision.problem.ExitCode;
import io.provision.problem.IoReason;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;

/** What can go wrong with the embedded servers, in the words that the user reads. */
final class EmbeddedFailure {

    private static final String ELSEWHERE = "set POSTGRES_URL and REDIS_URL to use servers of your own";

    private EmbeddedFailure() {}

    static ProvisionException absent() {
        return new ProvisionException(ExitCode.USAGE,
                Problem.error("there are no embedded servers in this installation").remedy(ELSEWHERE));
    }

    static ProvisionException noStart(Kind kind, String reason, Path log) {
        return new ProvisionException(ExitCode.UNREACHABLE,
                Problem.error("starting the embedded " + kind.title() + ": " + reason)
                        .remedy("its log is " + log + "; or " + ELSEWHERE));
    }

    static ProvisionException notWhole(Kind kind, Path folder) {
        return refused(
                "the data of the embedded %s in %s is not whole".formatted(kind.title(), folder),
                "`provision embedded reset` deletes it");
    }

    static ProvisionException disk(String doing, IOException cause) {
        return new ProvisionException(ExitCode.FAILED,
                List.of(Problem.error(doing + ": " + reason(cause)).remedy("mend that; or " + ELSEWHERE)), cause);
    }

    static ProvisionException refused(String message, String remedy) {
        return new ProvisionException(ExitCode.REFUSED, Problem.error(message).remedy(remedy));
    }

    static ProvisionException interrupted(String doing) {
        Thread.currentThread().interrupt();
        return new ProvisionException(ExitCode.INTERRUPTED, Problem.error("interrupted while " + doing));
    }

    private static String reason(IOException cause) {
        String where = cause instanceof FileSystemException file ? file.getFile() + ": " : "";
        return where + IoReason.of(cause);
    }
}
