package io.provision.apply;

import io.provision.problem.ProvisionException;

/** Whoever has a say before a run does anything. */
public interface Agreement {

    /**
     * Is shown what was found and planned, with no lock held: a person may take time.
     *
     * @throws ProvisionException to refuse it; nothing was done then
     */
    void give(Survey survey);

    /**
     * Whether it holds for what is found under the run's lock. Where it does not, the lock is let go, and it is asked
     * for again.
     *
     * @param agreed the fingerprint of the plan that was shown: to keep all of it would take as much memory again
     */
    boolean covers(String agreed, Survey now);
}
