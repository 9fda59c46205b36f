package io.provision.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** The threads of a run. */
final class Workers {

    private final RunContext context;
    private final RunResults results;

    Workers(RunContext context, RunResults results) {
        this.context = context;
        this.results = results;
    }

    /** Does all of it at once, and waits for every part, whatever happens: the run's lock is let go of next. */
    void together(List<Runnable> parts) {
        ExecutorService pool = Executors.newFixedThreadPool(parts.size());
        try {
            List<Future<?>> futures = new ArrayList<>();
            parts.forEach(part -> futures.add(pool.submit(() -> doOrStopAll(part))));
            for (Future<?> future : futures) {
                future.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            context.interruption().interrupt();
        } catch (ExecutionException told) {
            // By the worker itself, before it stopped the others.
        } finally {
            end(pool);
        }
    }

    /** Nobody goes on beside a worker that broke: what has befallen it may befall them in the midst of an undo. */
    private void doOrStopAll(Runnable part) {
        try {
            part.run();
        } catch (RuntimeException | Error e) {
            results.broken(e);
            context.interruption().interrupt();
            throw e;
        }
    }

    private static void end(ExecutorService pool) {
        pool.shutdown();
        boolean interrupted = Thread.interrupted();
        for (boolean ended = false; !ended; ) {
            try {
                ended = pool.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
