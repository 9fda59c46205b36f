package io.provision.volumes;

import io.provision.plan.Desired;
import io.provision.plan.Live;
import io.provision.plan.Resource;
import io.provision.plan.ResourceId;
import io.provision.plan.State;
import io.provision.plan.VolumeResource.Folder;
import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import java.io.IOException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Says what stands on the disk of what a manifest wants there. Each path is looked at once, however many instances
 * have it on their way; nothing is opened and nothing is listed.
 */
public final class FolderInspector {

    private final Map<Path, Optional<FolderStatus>> seen = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();
    private final Set<Path> dark = new HashSet<>();

    private FolderInspector() {}

    /**
     * @return the folders of {@code desired} that stand, with owners as {@code uid:gid}; what cannot be looked at is
     *     told as unknown, once for the folder that bars the way
     * @throws ProvisionException REFUSED, with all that bars the way: files where folders should be, and symbolic
     *     links below a root. At the root and above it, links are followed.
     */
    public static Live inspect(Desired desired) {
        FolderInspector inspector = new FolderInspector();
        List<Resource> standing = new ArrayList<>();
        Set<ResourceId> unseen = new HashSet<>();
        for (Resource resource : desired.state().resources().values()) {
            if (resource instanceof Folder folder) {
                inspector.find(folder, desired.instanceOf(folder.id())).ifPresent(standing::add);
                if (inspector.dark.contains(folder.path())) {
                    unseen.add(folder.id());
                }
            }
        }
        if (!inspector.problems.isEmpty()) {
            throw new ProvisionException(ExitCode.REFUSED, inspector.problems);
        }
        return new Live(State.of(standing), List.of(), inspector.unknown, unseen);
    }

    private Optional<Folder> find(Folder wanted, String instance) {
        return look(wanted.path(), wanted.root(), instance).map(status -> new Folder(
                wanted.path(),
                wanted.root(),
                status.permissions(),
                wanted.modeStays(),
                Optional.of(status.owner())));
    }

    /** Empty where no folder stands, for whatever reason; from the top down, so that only the topmost is told. */
    private Optional<FolderStatus> look(Path path, Path root, String instance) {
        Optional<FolderStatus> known = seen.get(path);
        if (known == null) {
            Path parent = path.getParent();
            boolean reachable = parent == null || look(parent, root, instance).isPresent();
            known = reachable ? stat(path, root, instance) : Optional.empty();
            if (dark.contains(parent)) {
                dark.add(path);
            }
            seen.put(path, known);
        }
        return known;
    }

    private Optional<FolderStatus> stat(Path path, Path root, String instance) {
        LinkOption[] options = WayDown.linkOptions(path, root);
        try {
            FolderStatus status = FolderStatus.read(path, options);
            if (!status.isFolder()) {
                problems.add(WayDown.barred(path, status, instance));
                return Optional.empty();
            }
            return Optional.of(status);
        } catch (NoSuchFileException e) {
            if (options.length == 0) {
                tellDeadLink(path, instance);
            }
            return Optional.empty();
        } catch (IOException e) {
            tellUnknown(path, e);
            return Optional.empty();
        }
    }

    private void tellUnknown(Path path, IOException e) {
        dark.add(path);
        String sentence = "Whether there are folders in %s cannot be seen: %s."
                .formatted(path.getParent(), DiskFailure.why(e));
        if (!unknown.contains(sentence)) {
            unknown.add(sentence);
        }
    }

    /** A link that was followed to nothing stands in the way of a folder all the same. */
    private void tellDeadLink(Path path, String instance) {
        try {
            FolderStatus link = FolderStatus.read(path, LinkOption.NOFOLLOW_LINKS);
            problems.add(WayDown.barred(path, link, instance));
        } catch (NoSuchFileException e) {
            // Nothing stands there: the usual case.
        } catch (IOException e) {
            tellUnknown(path, e);
        }
    }
}
