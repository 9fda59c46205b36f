package io.provision.apply;

import io.provision.apply.Outcome.Kept;
import io.provision.plan.Change;
import io.provision.volumes.FolderApplier;
import java.util.List;

/** What a run does on the disk. */
final class FolderWork {

    private final RunResults results;

    /** @param results is told of folders that were to go, and in which something is */
    FolderWork(RunResults results) {
        this.results = results;
    }

    /**
     * Makes, alters or takes away a folder.
     *
     * @param done is given the change, unless the folder was kept
     */
    void apply(Change change, List<Change> done) {
        FolderApplier.apply(change).ifPresentOrElse(
                k -> results.kept(List.of(new Kept(change.instance(), "folder " + k.folder(), k.told()))),
                () -> done.add(change));
    }
}
