package io.provision.volumes;

import io.provision.plan.Change;
import io.provision.plan.Desired;
import io.provision.plan.Live;
import io.provision.plan.Mark;
import io.provision.plan.Plan;
import io.provision.plan.Planner;
import io.provision.plan.Resource;
import io.provision.plan.ResourceId;
import io.provision.plan.State;
import io.provision.plan.VolumeResource.Folder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Folders as a manifest would want them, and short ways to look at the real ones. */
final class FolderFixture {

    static final String INSTANCE = "exchange-OKX";

    private FolderFixture() {}

    static Folder own(Path root, String... names) {
        return folder(root, 0750, false, names);
    }

    static Folder folder(Path root, int mode, boolean modeStays, String... names) {
        Path path = Arrays.stream(names).reduce(root, Path::resolve, (one, other) -> other);
        return new Folder(path, root, mode, modeStays, Optional.empty());
    }

    static Folder ownedBy(String owner, Folder folder) {
        return new Folder(folder.path(), folder.root(), folder.mode(), folder.modeStays(), Optional.of(owner));
    }

    static Desired desired(Folder... folders) {
        State state = State.of(List.of(folders));
        Map<ResourceId, String> instances = new TreeMap<>();
        state.resources().keySet().forEach(id -> instances.put(id, INSTANCE));
        return new Desired(state, instances, new Mark("shop", Change.SHARED, "postgres"));
    }

    /** The root, the instance's folder and its data. */
    static Desired dataBelow(Path root) {
        return desired(
                folder(root, 0750, true),
                folder(root, 0750, true, INSTANCE),
                own(root, INSTANCE, "data"));
    }

    static Plan plan(Desired desired) {
        return Planner.plan(FolderInspector.inspect(desired), desired);
    }

    static void init(Desired desired) {
        plan(desired).changes().forEach(FolderApplier::apply);
    }

    static Change creating(Folder folder) {
        return change(Optional.empty(), Optional.of(folder));
    }

    static Change altering(Folder was, Folder is) {
        return change(Optional.of(was), Optional.of(is));
    }

    static Change removing(Folder folder) {
        return creating(folder).inverse();
    }

    private static Change change(Optional<Resource> before, Optional<Resource> after) {
        return new Change(INSTANCE, before, after, "there is none", List.of());
    }

    static Folder found(Live live, Folder wanted) {
        return (Folder) live.state().find(wanted.id()).orElseThrow();
    }

    static int mode(Path path) throws IOException {
        return (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 07777;
    }

    static void chmod(Path path, int mode) throws IOException {
        Files.setAttribute(path, "unix:mode", mode);
    }

    static String owner(Path path) throws IOException {
        return Files.getAttribute(path, "unix:uid") + ":" + Files.getAttribute(path, "unix:gid");
    }

    /** Asked of the disk, not of the user database: a container's user may have no name. */
    static boolean isRoot(Path ownFolder) throws IOException {
        return Files.getAttribute(ownFolder, "unix:uid").equals(0);
    }
}
