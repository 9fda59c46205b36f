package io.provision.volumes;

import io.provision.plan.Change;
import io.provision.plan.VolumeResource.Folder;
import io.provision.volumes.FolderSight.Absent;
import io.provision.volumes.FolderSight.Stands;
import java.util.Objects;
import java.util.Optional;

/**
 * How far a run got with a folder before it was killed. A folder is made, given away and given its mode one after the
 * other, so it may stand with less than it was to have: what a rollback takes back, and from what, is what stands.
 */
public sealed interface FolderProgress {

    /** @param change what the run did, as far as it got */
    record Reached(Change change) implements FolderProgress {

        public Reached {
            Objects.requireNonNull(change, "change");
        }
    }

    /** The run did nothing, or something else has come to stand there. */
    record Nothing() implements FolderProgress {}

    /**
     * That is still to be found out.
     *
     * @param why it cannot be looked at, as a sentence without a full stop
     */
    record Unseen(String why) implements FolderProgress {

        public Unseen {
            Objects.requireNonNull(why, "why");
        }
    }

    /**
     * A folder that stands as the run meant it, or on the way there, where none stood when it planned, is taken for the
     * run's: nothing on the disk tells who made it.
     *
     * @param intended what the run was about to do
     */
    static FolderProgress of(Change intended) {
        FolderSight sight = FolderInspector.one((Folder) intended.resource(), intended.instance());
        if (sight instanceof FolderSight.Unseen unseen) {
            return new Unseen(unseen.why());
        }
        if (intended.after().isEmpty()) {
            return sight instanceof Absent ? new Reached(intended) : new Nothing();
        }
        return sight instanceof Stands stands ? reached(intended, stands.folder()) : new Nothing();
    }

    private static FolderProgress reached(Change intended, Folder found) {
        if (intended.resource().over(Optional.of(found)).equals(Optional.of(found))) {
            return new Reached(intended);
        }
        boolean underWay = intended.before()
                .map(before -> between((Folder) before, (Folder) intended.resource(), found))
                .orElse(found.mode() == FolderApplier.MODE_WHILE_MADE);
        return underWay ? new Reached(intended.reaching(found)) : new Nothing();
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
}
