package io.provision.embedded;

import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Waiting until no other command has the embedded servers that this one needs.
 *
 * @param patience how long; then it ends with {@link ExitCode#LOCKED}, and the name of the one who holds it
 * @param progress told once, when it turns out that there is somebody to wait for
 */
record HomeWait(HomeFolder home, Duration patience, Consumer<String> progress) {

    private static final long PAUSE_MILLIS = 50;

    /** @param attempt empty as long as somebody else is in the way */
    <T> T until(Supplier<Optional<T>> attempt) {
        long end = System.nanoTime() + patience.toNanos();
        boolean said = false;
        for (Optional<T> result = attempt.get();; result = attempt.get()) {
            if (result.isPresent()) {
                return result.get();
            }
            if (System.nanoTime() >= end) {
                throw locked();
            }
            if (!said) {
                progress.accept("waiting for the embedded servers, which " + holder() + " uses");
                said = true;
            }
            pause();
        }
    }

    private ProvisionException locked() {
        return new ProvisionException(ExitCode.LOCKED, Problem.error("the embedded servers in " + home.embedded()
                + " are in use by " + holder()).remedy("wait for it to end, or wait longer with --wait"));
    }

    private String holder() {
        return HomeLock.holder(home.lock());
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            throw EmbeddedFailure.interrupted("waiting for the embedded servers");
        }
    }
}
