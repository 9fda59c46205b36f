package io.provision.volumes;

import io.provision.plan.VolumeResource.Folder;
import io.provision.problem.Problem;
import java.util.Objects;

/** What a look at the place of a folder showed: what is not seen is not taken for absent. */
public sealed interface FolderSight {

    /** @param folder with its own mode, and its owner as {@code uid:gid} */
    record Stands(Folder folder) implements FolderSight {

        public Stands {
            Objects.requireNonNull(folder, "folder");
        }
    }

    /** There is nothing. */
    record Absent() implements FolderSight {}

    /**
     * Something else stands there, or on the way: a file, or a symbolic link below the root.
     *
     * @param problem says what and where
     */
    record Barred(Problem problem) implements FolderSight {

        public Barred {
            Objects.requireNonNull(problem, "problem");
        }
    }

    /** @param why it cannot be looked at, as a sentence without a full stop */
    record Unseen(String why) implements FolderSight {

        public Unseen {
            Objects.requireNonNull(why, "why");
        }
    }
}
