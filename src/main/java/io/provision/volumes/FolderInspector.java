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
import io.provision.volumes.FolderSight.Absent;
import io.provision.volumes.FolderSight.Barred;
import io.provision.volumes.FolderSight.Stands;
import io.provision.volumes.FolderSight.Unseen;
import java.io.IOException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Says what stands on the disk of what a manifest wants there. Each path is looked at once, however many instances
 * have it on their way; nothing is opened and nothing is listed.
 */
public final class FolderInspector {

    private final Map<Path, Optional<FolderStatus>> seen = new HashMap<>();
    private final Map<Path, FolderSight> notStanding = new HashMap<>();

    private FolderInspector() {}

    /**
     * @return the folders of {@code desired} that stand, with owners as {@code uid:gid}; what cannot be looked at is
     *     told as unknown, once for the folder that bars the way
     * @throws ProvisionException REFUSED, with all that bars the way: files where folders should be, and symbolic
     *     links below a root. At the root and above it, links are followed.
     */
    public static Live inspect(Desired desired) {
        Set<Problem> problems = new LinkedHashSet<>();
        Live live = inspect(desired, problems);
        if (!problems.isEmpty()) {
            throw new ProvisionException(ExitCode.REFUSED, List.copyOf(problems));
        }
        return live;
    }

    /** The same for who changes nothing: what bars the way to one folder is told as unknown, and hides no other. */
    public static Live inspectPastBars(Desired desired) {
        return inspect(desired, new LinkedHashSet<>());
    }

    private static Live inspect(Desired desired, Set<Problem> problems) {
        FolderInspector inspector = new FolderInspector();
        List<Resource> standing = new ArrayList<>();
        Set<String> unknown = new LinkedHashSet<>();
        Set<ResourceId> unseen = new HashSet<>();
        for (Resource resource : desired.state().resources().values()) {
            if (resource instanceof Folder wanted) {
                FolderSight sight = inspector.at(wanted, desired.instanceOf(wanted.id()));
                if (sight instanceof Stands stands) {
                    standing.add(stands.folder());
                } else if (sight instanceof Barred barred) {
                    problems.add(barred.problem());
                    unseen.add(wanted.id());
                    unknown.add(asSentence(barred.problem().message()));
                } else if (sight instanceof Unseen dark) {
                    unseen.add(wanted.id());
                    unknown.add(asSentence(dark.why()));
                }
            }
        }
        return new Live(State.of(standing), List.of(), List.copyOf(unknown), unseen);
    }

    /**
     * What is in the place of each of these folders, whatever bars the way to others.
     *
     * @param folders and whose each of them is
     */
    public static Map<Folder, FolderSight> each(Map<Folder, String> folders) {
        FolderInspector inspector = new FolderInspector();
        Map<Folder, FolderSight> sights = new HashMap<>();
        folders.forEach((folder, instance) -> sights.put(folder, inspector.at(folder, instance)));
        return sights;
    }

    /** What is in the place of one folder. */
    static FolderSight one(Folder folder, String instance) {
        return new FolderInspector().at(folder, instance);
    }

    private FolderSight at(Folder wanted, String instance) {
        return look(wanted.path(), wanted.root(), instance)
                .<FolderSight>map(status -> new Stands(new Folder(
                        wanted.path(),
                        wanted.root(),
                        status.permissions(),
                        wanted.modeStays(),
                        Optional.of(status.owner()))))
                .orElseGet(() -> notStanding.get(wanted.path()));
    }

    /** Empty where no folder stands, for whatever reason; from the top down, so that only the topmost is told. */
    private Optional<FolderStatus> look(Path path, Path root, String instance) {
        Optional<FolderStatus> known = seen.get(path);
        if (known == null) {
            Path parent = path.getParent();
            if (parent == null || look(parent, root, instance).isPresent()) {
                known = stat(path, root, instance);
            } else {
                known = none(path, notStanding.get(parent));
            }
            seen.put(path, known);
        }
        return known;
    }

    private Optional<FolderStatus> stat(Path path, Path root, String instance) {
        LinkOption[] options = PathBelowRoot.linkOptions(path, root);
        try {
            FolderStatus status = FolderStatus.read(path, options);
            return status.isFolder() ? Optional.of(status) : none(path, barred(path, status, instance));
        } catch (NoSuchFileException e) {
            return none(path, options.length == 0 ? deadLink(path, instance) : new Absent());
        } catch (IOException e) {
            return none(path, unseen(path, e));
        }
    }

    private Optional<FolderStatus> none(Path path, FolderSight why) {
        notStanding.put(path, why);
        return Optional.empty();
    }

    /** A link that was followed to nothing stands in the way of a folder all the same. */
    private static FolderSight deadLink(Path path, String instance) {
        try {
            FolderStatus.read(path, LinkOption.NOFOLLOW_LINKS);
            return new Barred(PathBelowRoot.barredByLinkToNothing(path, instance));
        } catch (NoSuchFileException e) {
            // Nothing stands there: the usual case.
            return new Absent();
        } catch (IOException e) {
            return unseen(path, e);
        }
    }

    private static FolderSight barred(Path path, FolderStatus status, String instance) {
        return new Barred(PathBelowRoot.barred(path, status, instance));
    }

    private static FolderSight unseen(Path path, IOException e) {
        return new Unseen("whether there are folders in %s cannot be seen: %s"
                .formatted(path.getParent(), DiskFailure.why(e)));
    }

    private static String asSentence(String why) {
        return why.substring(0, 1).toUpperCase(Locale.ROOT) + why.substring(1) + ".";
    }
}
