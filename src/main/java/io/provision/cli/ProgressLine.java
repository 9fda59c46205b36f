package io.provision.cli;

import io.provision.apply.Progress;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Shows on a terminal how far a run is: instances, rate, what is being waited for. Elsewhere only the latter. */
final class ProgressLine implements Progress, AutoCloseable {

    private static final long REDRAW_NANOS = 100_000_000;

    private static final int TRIES_TOLD_ONCE = 10;

    private final Invocation invocation;
    private final boolean drawn;
    private final Set<String> finished = new HashSet<>();
    private final Map<String, Integer> waits = new HashMap<>();
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
        if (done) {
            finished.add(instance);
        }
        failed += done ? 0 : 1;
        draw(ended == total);
    }

    @Override
    public synchronized void waitsFor(String what) {
        // The same sentence but for how long it has lasted.
        String holder = what.replaceAll("\\bfor [0-9.]+ ?\\w+", "");
        if (waits.merge(holder, 1, Integer::sum) % TRIES_TOLD_ONCE == 1) {
            clear();
            invocation.messages().note("waiting for " + what + (what.contains(" holds ") ? untilTimeout() : ""));
        }
    }

    private String untilTimeout() {
        Duration timeout = invocation.options().timeout();
        return ", until --timeout (%s) is over".formatted(timeout.toSeconds() % 60 == 0
                ? timeout.toMinutes() + " min"
                : timeout.toMillis() / 1000.0 + " s");
    }

    /** The instances that the run came to the end of. */
    synchronized Set<String> finished() {
        return Set.copyOf(finished);
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
        clear();
        total = 0;
    }

    private void clear() {
        if (drawn && total > 0) {
            invocation.context().err().print("\r\u001b[K");
            invocation.context().err().flush();
        }
    }
}
