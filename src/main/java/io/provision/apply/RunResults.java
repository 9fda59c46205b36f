package io.provision.apply;

import io.provision.apply.Outcome.Failure;
import io.provision.apply.Outcome.Kept;
import io.provision.plan.Change;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Gathers what comes of a run, from all its workers. */
final class RunResults {

    private final Queue<String> applied = new ConcurrentLinkedQueue<>();
    private final Queue<Failure> failed = new ConcurrentLinkedQueue<>();
    private final Queue<Kept> kept = new ConcurrentLinkedQueue<>();

    void applied(Collection<Change> changes) {
        changes.forEach(change -> applied.add(change.id()));
    }

    void failed(Failure failure) {
        failed.add(failure);
    }

    void kept(Collection<Kept> more) {
        kept.addAll(more);
    }

    boolean allWell() {
        return failed.isEmpty();
    }

    Outcome outcome(Optional<String> run, boolean interrupted) {
        return new Outcome(run, List.copyOf(applied), List.copyOf(kept), List.copyOf(failed), interrupted);
    }
}
