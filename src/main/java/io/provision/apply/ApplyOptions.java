package io.provision.apply;

import java.time.Duration;
import java.util.Objects;

/**
 * How a run behaves.
 *
 * @param lockTimeout how long one statement may wait for a lock
 * @param patience how long the run waits for another run
 * @param timeout how long it goes on retrying one instance
 * @param parallel how many sessions work at once
 * @param failFast whether one failing instance stops the others
 * @param persist whether Redis is to write its users down
 */
public record ApplyOptions(
        Duration lockTimeout, Duration patience, Duration timeout, int parallel, boolean failFast, boolean persist) {

    public ApplyOptions {
        Objects.requireNonNull(lockTimeout, "lockTimeout");
        Objects.requireNonNull(patience, "patience");
        Objects.requireNonNull(timeout, "timeout");
        if (parallel < 1) {
            throw new IllegalArgumentException("a run needs a session");
        }
    }
}
