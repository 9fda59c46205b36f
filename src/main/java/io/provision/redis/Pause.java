package io.provision.redis;

import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;

/** Lets a group of servers settle who is what. */
final class Pause {

    private static final long MILLIS = 100;

    private Pause() {}

    /** @throws ProvisionException INTERRUPTED */
    static void make() {
        try {
            Thread.sleep(MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProvisionException(
                    ExitCode.INTERRUPTED, Problem.error("interrupted while Redis was asked once more"));
        }
    }
}
