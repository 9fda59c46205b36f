package io.provision.cli;

import io.provision.apply.Interruption;
import io.provision.embedded.EmbeddedServers;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** When the JVM is told to end, stops the run, and lets the JVM wait until what was being done is undone. */
final class SignalWatch implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Interruption interruption;
    private final Thread hook = new Thread(this::stop, "undo on a signal");

    private SignalWatch(Interruption interruption) {
        this.interruption = interruption;
    }

    static SignalWatch over(Interruption interruption, Optional<EmbeddedServers> embedded) {
        SignalWatch watch = new SignalWatch(interruption);
        embedded.ifPresent(servers -> servers.beforeShutdown(watch::stop));
        Runtime.getRuntime().addShutdownHook(watch.hook);
        return watch;
    }

    private void stop() {
        interruption.interrupt();
        try {
            if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                // The next run recovers from the journal.
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // The hook runs already, and has just been let go.
            Thread.onSpinWait();
        }
    }
}
