package io.provision.volumes;

import io.provision.plan.Change;
import io.provision.problem.ExitCode;
import io.provision.problem.IoReason;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Puts into words what the operating system refused. */
final class DiskFailure {

    private static final String READ_ONLY = "read-only file system";

    private DiskFailure() {}

    /** @param doing what was being done, such as {@code making}; the folder's name follows it */
    static ProvisionException of(String doing, Path folder, String instance, IOException e) {
        String whose = instance.equals(Change.SHARED) ? "several instances" : instance;
        Problem problem = Problem.error("%s the folder %s of %s: %s".formatted(doing, folder, whose, why(e)))
                .remedy(remedy(folder, e));
        return new ProvisionException(isRefusal(e) ? ExitCode.REFUSED : ExitCode.FAILED, List.of(problem), e);
    }

    /** The reason alone, without the path that Java puts before it. */
    static String why(IOException e) {
        return e instanceof NoSuchFileException missing ? missing.getFile() + " is not there" : IoReason.of(e);
    }

    /** What rmdir says of a folder on which something is mounted, whether that is empty or not. */
    static boolean isMountedOn(IOException e) {
        return why(e).equals("device or resource busy");
    }

    static boolean isReadOnly(IOException e) {
        return why(e).equals(READ_ONLY);
    }

    private static boolean isRefusal(IOException e) {
        return e instanceof AccessDeniedException || why(e).equals("operation not permitted");
    }

    private static String remedy(Path folder, IOException e) {
        if (e instanceof AccessDeniedException) {
            return "run it as somebody who may write in %s, or set `volumes.root` to another place"
                    .formatted(folder.getParent());
        }
        return switch (why(e)) {
            case "operation not permitted" -> "only root gives a folder away, and only its owner alters it: run it as"
                    + " root, or leave `volumes.owner` out";
            case "no space left on device", "disk quota exceeded" -> "make room there (bytes or inodes), or set"
                    + " `volumes.root` to another disk";
            case READ_ONLY -> "mount it for writing, or set `volumes.root` to another disk";
            default -> "look at %s and at the disk that holds it, then run the command again"
                    .formatted(folder.getParent());
        };
    }
}
