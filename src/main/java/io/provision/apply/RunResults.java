package io.provision.apply;

import io.provision.apply.Outcome.Failure;
import io.provision.apply.Outcome.Kept;
import io.provision.plan.Change;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/** Gathers what comes of a run, from all its workers. */
final class RunResults {

    private final Queue<String> applied = new ConcurrentLinkedQueue<>();
    private final Queue<Failure> failed = new ConcurrentLinkedQueue<>();
    private final Queue<Kept> kept = new ConcurrentLinkedQueue<>();
    private final Queue<String> warnings = new ConcurrentLinkedQueue<>();
    private final AtomicReference<Throwable> fault = new AtomicReference<>();

    void applied(Collection<Change> changes) {
        changes.forEach(change -> applied.add(change.id()));
    }

    void failed(Failure failure) {
        failed.add(failure);
    }

    /** @param e why; where nobody foresaw it, it is the run's {@link #broken fault}, too */
    void failed(String instance, Throwable e, boolean undone) {
        failed.add(Failure.of(instance, e, undone));
        if (!Failure.isForeseen(e)) {
            broken(e);
        }
    }

    /** Of several, the first is told. */
    void broken(Throwable e) {
        if (!fault.compareAndSet(null, e) && fault.get() != e) {
            fault.get().addSuppressed(e);
        }
    }

    /**
     * Takes back. What fails here is why nothing was, and not why the instance failed: it is told beside that.
     *
     * @param what as "what was done for exchange-OKX"
     * @return whether nothing of it is left
     */
    boolean undone(String what, Runnable undo) {
        try {
            undo.run();
            return true;
        } catch (RuntimeException | Error e) {
            Failure.whys(e).forEach(why -> warn(List.of("%s could not be taken back: %s".formatted(what, why))));
            if (!Failure.isForeseen(e)) {
                broken(e);
            }
            return false;
        }
    }

    /** @param otherwise why the run stopped, unless it was interrupted or broke */
    String whyNotTried(Interruption interruption, String otherwise) {
        if (!interruption.happened()) {
            return "not tried, because " + otherwise;
        }
        return isBroken() ? "not tried, because the run broke" : "not tried, because the run was interrupted";
    }

    boolean isBroken() {
        return fault.get() != null;
    }

    void kept(Collection<Kept> more) {
        kept.addAll(more);
    }

    void warn(Collection<String> sentences) {
        warnings.addAll(sentences);
    }

    Set<String> failedInstances() {
        return failed.stream().map(Failure::instance).collect(Collectors.toSet());
    }

    boolean allWell() {
        return failed.isEmpty() && !isBroken();
    }

    /** @param stopped whether the run came to no end of its own: somebody interrupted it, or it broke */
    Outcome outcome(Optional<String> run, boolean stopped) {
        String by = isBroken() ? "stopped, because the run broke" : Outcome.STOPPED;
        List<Failure> failures = stopped
                ? failed.stream().map(failure -> failure.stopped(by)).toList()
                : List.copyOf(failed);
        return new Outcome(
                run,
                List.copyOf(applied),
                kept.stream().distinct().toList(),
                failures.stream().distinct().toList(),
                warnings.stream().distinct().toList(),
                stopped && !isBroken(),
                Optional.ofNullable(fault.get()));
    }
}
