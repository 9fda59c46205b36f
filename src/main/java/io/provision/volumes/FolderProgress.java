package io.provision.volumes;

import io.provision.plan.Change;
import io.provision.plan.Desired;
import io.provision.plan.Mark;
import io.provision.plan.Resource;
import io.provision.plan.State;
import io.provision.plan.VolumeResource.Folder;
import io.provision.problem.ProvisionException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How far a run got with a folder before it was killed. A folder is made, given away and given its mode one after the
 * other, so it may stand with less than it was to have: what a rollback takes back, and from what, is what stands.
 */
public final class FolderProgress {

    private FolderProgress() {}

    /**
     * A folder that stands as the run meant it, or on the way there, where none stood when it planned, is taken for the
     * run's: nothing on the disk tells who made it.
     *
     * @param intended what the run was about to do
     * @return what it did, as far as it got; empty where it did nothing, and where something else stands by now
     */
    public static Optional<Change> of(Change intended) {
        Optional<Folder> found = find(intended);
        if (intended.after().isEmpty()) {
            return found.isEmpty() ? Optional.of(intended) : Optional.empty();
        }
        return found.flatMap(folder -> reached(intended, folder));
    }

    private static Optional<Change> reached(Change intended, Folder found) {
        if (intended.resource().over(Optional.of(found)).equals(Optional.of(found))) {
            return Optional.of(intended);
        }
        boolean underWay = intended.before()
                .map(before -> between((Folder) before, (Folder) intended.resource(), found))
                .orElse(found.mode() == FolderApplier.MODE_WHILE_MADE);
        return underWay ? Optional.of(intended.reaching(found)) : Optional.empty();
    }

    private static boolean between(Folder before, Folder after, Folder found) {
        boolean begun = !before.owner().equals(found.owner()) || before.mode() != found.mode();
        return begun
                && (found.mode() == before.mode() || found.mode() == after.mode())
                && (part(0, found, before) || part(0, found, after))
                && (part(1, found, before) || part(1, found, after));
    }

    private static boolean part(int part, Folder found, Folder other) {
        return Objects.equals(ownerPart(part, found), ownerPart(part, other));
    }

    private static Optional<String> ownerPart(int part, Folder folder) {
        return folder.owner().map(owner -> owner.split(":")[part]);
    }

    /** Where something else stands by now, or nothing can be seen, no folder stands. */
    private static Optional<Folder> find(Change change) {
        try {
            Desired wanted = new Desired(
                    State.of(List.of(change.resource())),
                    Map.of(change.target(), change.instance()),
                    new Mark("recovery", change.instance(), "recovery"));
            Optional<Resource> found = FolderInspector.inspect(wanted).state().find(change.target());
            return found.map(Folder.class::cast);
        } catch (ProvisionException barred) {
            return Optional.empty();
        }
    }
}
