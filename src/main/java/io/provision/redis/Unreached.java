package io.provision.redis;

import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Goes on with the other servers where one cannot be reached. */
final class Unreached {

    private Unreached() {}

    /**
     * @param problems gets why a server cannot be reached; whatever else is wrong is thrown
     * @return empty where it cannot
     */
    static <T> Optional<T> in(Supplier<T> work, List<Problem> problems) {
        try {
            return Optional.of(work.get());
        } catch (ProvisionException e) {
            if (e.exitCode() != ExitCode.UNREACHABLE) {
                throw e;
            }
            problems.addAll(e.problems());
            return Optional.empty();
        }
    }
}
