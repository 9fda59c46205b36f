package io.provision.plan;

import io.provision.manifest.Instance;
import io.provision.manifest.Volume;
import io.provision.plan.VolumeResource.Folder;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The folders of the instances, and those on the way to them. */
final class DesiredFolders {

    private static final int EXECUTE = 0111;

    /** Whoever may write to a folder on the way may rename what is in it. */
    private static final int ON_THE_WAY = 0755;

    private final DesiredState desired;
    private final Collection<Instance> instances;
    private final Map<Path, Folder> own = new TreeMap<>();
    private final Map<Path, Folder> onTheWay = new TreeMap<>();

    DesiredFolders(DesiredState desired, Collection<Instance> instances) {
        this.desired = desired;
        this.instances = instances;
    }

    void add() {
        instances.stream().flatMap(i -> i.volumes().stream()).forEach(this::collect);
        instances.forEach(i -> i.volumes().forEach(volume -> add(i.name(), volume)));
    }

    private void collect(Volume volume) {
        own.put(volume.path(), ownFolder(volume));
        // What stands on the way is used as it is; what does not is made, and so must be taken back.
        parents(volume.path()).forEach(path -> onTheWay.merge(
                path,
                new Folder(path, rootOf(path, volume), volume.mode() & ON_THE_WAY, true, ownerOf(path, volume)),
                DesiredFolders::toBoth));
    }

    private void add(String instance, Volume volume) {
        desired.add(instance, ownFolder(volume));
        parents(volume.path()).forEach(path -> {
            boolean ofTheInstance = path.startsWith(volume.root()) && !path.equals(volume.root());
            desired.add(
                    ofTheInstance ? instance : Change.SHARED,
                    own.getOrDefault(path, onTheWay.get(path)));
        });
    }

    private static Folder ownFolder(Volume volume) {
        return new Folder(volume.path(), volume.root(), volume.mode(), false, volume.owner());
    }

    private static Stream<Path> parents(Path path) {
        return Stream.iterate(path.getParent(), p -> p != null && p.getNameCount() > 0, Path::getParent);
    }

    /** Below the root the way belongs to the instance, as the volume does: its container must get through. */
    private static Optional<String> ownerOf(Path path, Volume volume) {
        return path.startsWith(volume.root()) && !path.equals(volume.root()) ? volume.owner() : Optional.empty();
    }

    private static Path rootOf(Path path, Volume volume) {
        return path.startsWith(volume.root()) ? volume.root() : path;
    }

    /**
     * Two volumes on the way to which one folder stands may say different modes and roots. Whoever gets through to one
     * of them gets through the folder; more it gives only where both do, so that a volume that anybody may write to
     * does not let anybody rename its neighbours.
     */
    private static Folder toBoth(Folder one, Folder other) {
        int mode = (one.mode() & other.mode()) | ((one.mode() | other.mode()) & EXECUTE);
        Path root = one.root().getNameCount() <= other.root().getNameCount() ? one.root() : other.root();
        Optional<String> owner = one.owner().equals(other.owner()) ? one.owner() : Optional.empty();
        return new Folder(one.path(), root, mode, true, owner);
    }
}
