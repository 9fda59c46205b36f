package io.provision.plan;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/** What an instance has on the disk ({@code volumes-and-render.md}, "Volumes"). */
public sealed interface VolumeResource extends Resource {

    /** Whether it is a folder that only leads to instances' own: how deep those lie is not for the manifest to say. */
    static boolean isOnTheWay(Resource resource) {
        return resource instanceof Folder folder && folder.modeStays();
    }

    /**
     * A folder.
     *
     * @param path absolute
     * @param root the manifest's root that it stands below, or is; the folder itself where it stands above all roots
     * @param mode permission bits; the ones it is made with, where {@code modeStays}
     * @param modeStays whether another hand's mode is kept: so it is for the folders on the way to an instance's own
     * @param owner {@code uid:gid} in numbers; desired, empty where nobody was told: whoever owns it stays
     */
    record Folder(Path path, Path root, int mode, boolean modeStays, Optional<String> owner)
            implements VolumeResource {

        public Folder {
            Objects.requireNonNull(path, "path");
            Objects.requireNonNull(root, "root");
            Objects.requireNonNull(owner, "owner");
        }

        @Override
        public ResourceKind kind() {
            return ResourceKind.FOLDER;
        }

        @Override
        public String target() {
            return path.toString();
        }

        @Override
        public Optional<Resource> over(Optional<Resource> live) {
            return live.map(Folder.class::cast)
                    .<Resource>map(l -> new Folder(
                            path, root, modeStays ? l.mode : mode, l.modeStays, owner.or(() -> l.owner)))
                    .or(() -> Optional.of(this));
        }
    }
}
