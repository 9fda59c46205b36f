package io.provision.cli;

import io.provision.apply.Interruption;
import io.provision.embedded.EmbeddedServers;
import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** When the JVM is told to end, stops the run, and lets the JVM wait until what was being done is undone. */
final class SignalWatch implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;

    /** Its one permit is there while nothing would have to be undone. */
    private final Semaphore mayEnd = new Semaphore(0);
    private final Interruption interruption;
    private final Thread hook = new Thread(this::stop, "undo on a signal");

    private SignalWatch(Interruption interruption) {
        this.interruption = interruption;
    }

    /** @throws ProvisionException with {@link ExitCode#INTERRUPTED} where the JVM was told to end already */
    static SignalWatch over(Interruption interruption, Optional<EmbeddedServers> embedded) {
        SignalWatch watch = new SignalWatch(interruption);
        embedded.ifPresent(servers -> servers.beforeShutdown(watch::stop));
        try {
            Runtime.getRuntime().addShutdownHook(watch.hook);
        } catch (IllegalStateException ending) {
            // The embedded servers' hook may be waiting for it already.
            watch.mayEnd.release();
            throw new ProvisionException(ExitCode.INTERRUPTED, Problem.error("interrupted"));
        }
        return watch;
    }

    /** Asks, or waits for nothing in the run's hands: the JVM may end at once meanwhile. */
    void mayEndDuring(Runnable question) {
        mayEnd.release();
        try {
            question.run();
        } finally {
            mayEnd.acquireUninterruptibly();
        }
    }

    private void stop() {
        interruption.interrupt();
        try {
            if (mayEnd.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                // Both hooks wait for it.
                mayEnd.release();
            }
            // Otherwise the next run recovers from the journal.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        mayEnd.release();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // The hook runs already, and has just been let go.
            Thread.onSpinWait();
        }
    }
}
