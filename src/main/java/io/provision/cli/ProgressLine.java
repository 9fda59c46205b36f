package io.provision.cli;

import io.provision.apply.Progress;
import java.util.Locale;

/** Shows on a terminal how far a run is: instances, rate, what is being waited for. Elsewhere only the latter. */
final class ProgressLine implements Progress, AutoCloseable {

    private static final long REDRAW_NANOS = 100_000_000;

    private final Invocation invocation;
    private final boolean drawn;
    private int total;
    private int ended;
    private int failed;
    private long startedAt;
    private long drawnAt;

    ProgressLine(Invocation invocation) {
        this.invocation = invocation;
        this.drawn = invocation.context().terminal().err() && !invocation.options().quiet();
    }

    @Override
    public synchronized void begins(int instances) {
        total = instances;
        startedAt = System.nanoTime();
        draw(true);
    }

    @Override
    public synchronized void instanceEnded(String instance, boolean done) {
        ended++;
        failed += done ? 0 : 1;
        draw(ended == total);
    }

    @Override
    public synchronized void waitsFor(String what) {
        invocation.messages().note("waiting for " + what);
    }

    private void draw(boolean now) {
        if (!drawn || !now && System.nanoTime() - drawnAt < REDRAW_NANOS) {
            return;
        }
        drawnAt = System.nanoTime();
        double seconds = Math.max(0.001, (drawnAt - startedAt) / 1e9);
        invocation.context().err().print(String.format(
                Locale.ROOT, "\r%d of %d instances, %.0f a second%s", ended, total, ended / seconds,
                failed == 0 ? "" : ", " + failed + " failed"));
        invocation.context().err().flush();
    }

    @Override
    public synchronized void close() {
        if (drawn && total > 0) {
            invocation.context().err().print("\r\u001b[K");
            invocation.context().err().flush();
            total = 0;
        }
    }
}
