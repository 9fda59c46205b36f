package io.provision.plan;

import io.provision.manifest.Instance;
import io.provision.manifest.Volume;
import io.provision.plan.VolumeResource.Folder;
import java.nio.file.Path;
import java.util.Optional;

/** The folders of an instance, and those on the way to them. */
final class DesiredFolders {

    private final DesiredState desired;

    DesiredFolders(DesiredState desired) {
        this.desired = desired;
    }

    void add(Instance instance) {
        instance.volumes().forEach(volume -> add(instance.name(), volume));
    }

    private void add(String instance, Volume volume) {
        desired.add(instance, new Folder(volume.path(), volume.root(), volume.mode(), false, volume.owner()));
        Path onTheWay = volume.path().getParent();
        while (onTheWay.getNameCount() > 0) {
            // What stands on the way is used as it is; what does not is made, and so must be taken back.
            boolean ofTheInstance = onTheWay.startsWith(volume.root()) && !onTheWay.equals(volume.root());
            desired.add(
                    ofTheInstance ? instance : Change.SHARED,
                    new Folder(onTheWay, volume.root(), volume.mode(), true, Optional.empty()));
            onTheWay = onTheWay.getParent();
        }
    }
}
