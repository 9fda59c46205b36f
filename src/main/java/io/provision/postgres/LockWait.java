package io.provision.postgres;

import io.provision.problem.ExitCode;
import io.provision.problem.ProvisionException;
import java.time.Duration;
import java.util.function.Consumer;

/** Waits for others by asking again, at growing intervals: a transaction that waits would hold back vacuum. */
final class LockWait {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final long deadline;
    private final Consumer<String> waiting;
    private Duration pause = FIRST_PAUSE;
    private boolean told;

    /** @param waiting told once, who is waited for */
    LockWait(Duration longest, Consumer<String> waiting) {
        this.deadline = System.nanoTime() + longest.toNanos();
        this.waiting = waiting;
    }

    boolean isTold() {
        return told;
    }

    void tell(String who) {
        waiting.accept(who);
        told = true;
    }

    /**
     * Waits a little.
     *
     * @return false, at once, where the time would be over by then
     * @throws ProvisionException with {@link ExitCode#INTERRUPTED} when the thread is interrupted
     */
    boolean goesOn() {
        if (System.nanoTime() + pause.toNanos() - deadline > 0) {
            return false;
        }
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failures.interrupted("waiting for another run");
        }
        Duration longer = pause.multipliedBy(2);
        pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
        return true;
    }
}
