package io.provision.apply;

import io.provision.apply.Outcome.Failure;
import io.provision.apply.Outcome.Kept;
import io.provision.plan.Change;
import io.provision.volumes.FolderApplier;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/** Gathers what comes of a run, from all its workers. */
final class RunResults {

    private final Queue<String> applied = new ConcurrentLinkedQueue<>();
    private final Queue<Failure> failed = new ConcurrentLinkedQueue<>();
    private final Queue<Kept> kept = new ConcurrentLinkedQueue<>();
    private final Queue<String> warnings = new ConcurrentLinkedQueue<>();

    void applied(Collection<Change> changes) {
        changes.forEach(change -> applied.add(change.id()));
    }

    void failed(Failure failure) {
        failed.add(failure);
    }

    void kept(Collection<Kept> more) {
        kept.addAll(more);
    }

    void warn(Collection<String> sentences) {
        warnings.addAll(sentences);
    }

    /**
     * Makes, alters or takes away a folder.
     *
     * @param done is given the change, unless the folder was to go and something is in it
     */
    void applyFolder(Change change, List<Change> done) {
        FolderApplier.apply(change).ifPresentOrElse(
                k -> kept.add(new Kept(change.instance(), "folder " + k.folder(), k.told())), () -> done.add(change));
    }

    Set<String> failedInstances() {
        return failed.stream().map(Failure::instance).collect(Collectors.toSet());
    }

    boolean allWell() {
        return failed.isEmpty();
    }

    Outcome outcome(Optional<String> run, boolean interrupted) {
        List<Failure> failures = interrupted
                ? failed.stream().map(Failure::stopped).toList()
                : List.copyOf(failed);
        return new Outcome(
                run,
                List.copyOf(applied),
                kept.stream().distinct().toList(),
                failures,
                warnings.stream().distinct().toList(),
                interrupted);
    }
}
