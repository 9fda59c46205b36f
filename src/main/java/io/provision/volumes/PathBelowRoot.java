package io.provision.volumes;

import io.provision.plan.Change;
import io.provision.plan.VolumeResource.Folder;
import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import java.io.IOException;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** The way from a root down to a folder, on which no symbolic link may lead elsewhere. */
final class PathBelowRoot {

    private static final LinkOption[] FOLLOW = {};
    private static final LinkOption[] NO_FOLLOW = {LinkOption.NOFOLLOW_LINKS};

    private PathBelowRoot() {}

    /** At the root and above it links are the administrator's own; below it they are somebody's trick or mistake. */
    static LinkOption[] linkOptions(Path path, Path root) {
        boolean below = path.startsWith(root) && !path.equals(root);
        return below ? NO_FOLLOW : FOLLOW;
    }

    /**
     * Looks again, just before something is changed: between plan and apply somebody may have put a link there.
     *
     * @throws ProvisionException REFUSED, when something other than a folder stands on the way
     */
    static void check(Folder folder, String instance) throws IOException {
        if (!folder.path().startsWith(folder.root()) || folder.path().equals(folder.root())) {
            return;
        }
        Path onTheWay = folder.root();
        for (Path name : folder.root().relativize(folder.path().getParent())) {
            onTheWay = onTheWay.resolve(name);
            FolderStatus status = FolderStatus.read(onTheWay, linkOptions(onTheWay, folder.root()));
            if (!status.isFolder()) {
                throw new ProvisionException(ExitCode.REFUSED, barred(onTheWay, status, instance));
            }
        }
    }

    /** At a root or above it, where links are followed. */
    static Problem barredByLinkToNothing(Path path, String instance) {
        return barred(path, "a symbolic link to nothing", instance)
                .remedy("make the folder that it leads to, or set `volumes.root` to another place");
    }

    static Problem barred(Path path, FolderStatus status, String instance) {
        return barred(path, status.noun(), instance)
                .remedy(status.kind() == FolderStatus.Kind.LINK
                        ? "put a folder in its place, or make `volumes.root` itself the link"
                        : "move it away, or set `volumes.root` to another place");
    }

    private static Problem barred(Path path, String what, String instance) {
        String whose = instance.equals(Change.SHARED) ? "several instances" : instance;
        return Problem.error("%s, where a folder of %s should be, is %s".formatted(path, whose, what));
    }
}
