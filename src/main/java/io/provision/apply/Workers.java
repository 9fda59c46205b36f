package io.provision.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads of a run. */
final class Workers {

    private final Interruption interruption;
    private final RunResults results;

    /** @param interruption of what the parts do */
    Workers(Interruption interruption, RunResults results) {
        this.interruption = interruption;
        this.results = results;
    }

    /**
     * Does all of it at once, and waits for every part, whatever happens: the run's lock is let go of next. None is
     * begun before all have their thread: where the machine has no more of them, one would wait for another for ever.
     *
     * @throws OutOfMemoryError where it has not; nothing was done then
     */
    void together(List<Runnable> parts) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                parts.size(), parts.size(), 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
        try {
            pool.prestartAllCoreThreads();
            List<Future<?>> futures = new ArrayList<>();
            parts.forEach(part -> futures.add(pool.submit(() -> doOrStopAll(part))));
            for (Future<?> future : futures) {
                future.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            interruption.interrupt();
        } catch (ExecutionException told) {
            // By the worker itself, before it stopped the others.
        } finally {
            end(pool);
        }
    }

    /** No worker goes on beside one that broke: the same may happen to it halfway through an undo. */
    private void doOrStopAll(Runnable part) {
        try {
            part.run();
        } catch (RuntimeException | Error e) {
            results.broken(e);
            interruption.interrupt();
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
