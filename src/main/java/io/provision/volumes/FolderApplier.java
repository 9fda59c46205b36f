package io.provision.volumes;

import io.provision.plan.Change;
import io.provision.plan.VolumeResource.Folder;
import io.provision.problem.ExitCode;
import io.provision.problem.ProvisionException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Makes, alters and takes away the folders of instances. Each change may be applied again, after a run that was
 * killed in the middle of it, and then finds less or nothing to do. A folder is not forced onto the disk: one that a
 * power cut took is missing in the next plan, and forcing ten thousand of them would take minutes.
 */
public final class FolderApplier {

    /** What a folder has between being made and being given its own mode: nobody else can get in before its time. */
    static final int MODE_WHILE_MADE = 0700;

    private FolderApplier() {}

    /**
     * @return empty when it was done; what was kept, when the folder was to go and something is in it
     * @throws ProvisionException REFUSED where a privilege is missing or something else stands there, FAILED where
     *     the disk is full, read-only or broken; nothing is left half-made
     */
    public static Optional<Kept> apply(Change change) {
        Folder folder = (Folder) change.resource();
        if (change.after().isEmpty()) {
            return remove(folder, change.instance());
        }
        if (change.before().isEmpty()) {
            create(folder, change.instance());
        } else {
            alter(folder, change.instance());
        }
        return Optional.empty();
    }

    private static void create(Folder folder, String instance) {
        boolean made = false;
        try {
            PathBelowRoot.check(folder, instance);
            made = make(folder, instance);
            if (made || !folder.modeStays() || status(folder).permissions() == MODE_WHILE_MADE) {
                bringIntoLine(folder, folder.mode());
            }
        } catch (IOException e) {
            if (made) {
                takeBack(folder.path(), e);
            }
            throw DiskFailure.of("Making", folder.path(), instance, e);
        }
    }

    /** Whether it was made now; where a folder stands already, a run before this one got as far. */
    private static boolean make(Folder folder, String instance) throws IOException {
        try {
            FolderStatus status = status(folder);
            if (!status.isFolder()) {
                throw new ProvisionException(
                        ExitCode.REFUSED, PathBelowRoot.barred(folder.path(), status, instance));
            }
            return false;
        } catch (NoSuchFileException e) {
            Files.createDirectory(folder.path(), firstMode(folder));
            return true;
        }
    }

    /** One whose mode stays is never mended: a run that is killed right now must not leave it closed to others. */
    private static FileAttribute<Set<PosixFilePermission>> firstMode(Folder folder) {
        int mode = folder.modeStays() ? folder.mode() : MODE_WHILE_MADE;
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] fromOwnerRead = PosixFilePermission.values();
        for (int bit = 0; bit < fromOwnerRead.length; bit++) {
            if ((mode >> bit & 1) == 1) {
                permissions.add(fromOwnerRead[fromOwnerRead.length - 1 - bit]);
            }
        }
        return PosixFilePermissions.asFileAttribute(permissions);
    }

    private static void takeBack(Path made, IOException because) {
        try {
            Files.delete(made);
        } catch (IOException e) {
            because.addSuppressed(e);
        }
    }

    private static void alter(Folder folder, String instance) {
        try {
            PathBelowRoot.check(folder, instance);
            // Not every Java refuses to follow a link when it changes a mode.
            FolderStatus status = status(folder);
            if (!status.isFolder()) {
                throw new ProvisionException(
                        ExitCode.REFUSED, PathBelowRoot.barred(folder.path(), status, instance));
            }
            bringIntoLine(folder, folder.mode());
        } catch (IOException e) {
            throw DiskFailure.of("Altering", folder.path(), instance, e);
        }
    }

    /** The user first, then group and mode: who may not give a folder away changes nothing at all. */
    private static void bringIntoLine(Folder folder, int mode) throws IOException {
        LinkOption[] options = PathBelowRoot.linkOptions(folder.path(), folder.root());
        if (folder.owner().isPresent()) {
            String[] wanted = folder.owner().get().split(":");
            String[] found = status(folder).owner().split(":");
            setNumber(folder.path(), "unix:uid", wanted[0], found[0], options);
            setNumber(folder.path(), "unix:gid", wanted[1], found[1], options);
        }
        if (status(folder).permissions() != mode) {
            setMode(folder.path(), mode, options);
            if (status(folder).permissions() != mode) {
                throw new FileSystemException(
                        folder.path().toString(), null, "the file system does not keep the mode %04o".formatted(mode));
            }
        }
    }

    private static void setMode(Path path, int mode, LinkOption... options) throws IOException {
        try {
            Files.setAttribute(path, "unix:mode", mode, options);
        } catch (AccessDeniedException e) {
            // Not to follow links, Java opens the folder, which its own owner may have closed. Root never comes here.
            Files.setAttribute(path, "unix:mode", mode);
        }
    }

    private static void setNumber(Path path, String attribute, String wanted, String found, LinkOption... options)
            throws IOException {
        if (!wanted.equals(found)) {
            Files.setAttribute(path, attribute, Integer.parseUnsignedInt(wanted), options);
        }
    }

    private static Optional<Kept> remove(Folder folder, String instance) {
        try {
            PathBelowRoot.check(folder, instance);
            FolderStatus status = FolderStatus.read(folder.path(), LinkOption.NOFOLLOW_LINKS);
            if (!status.isFolder()) {
                return Optional.of(new Kept(folder.path(), "it is " + status.noun() + " now", FolderSize.NOTHING));
            }
            // On a folder this is rmdir, which takes nothing that is in it.
            Files.delete(folder.path());
            return Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (DirectoryNotEmptyException e) {
            return Optional.of(new Kept(folder.path(), "it is not empty", FolderSize.of(folder.path())));
        } catch (IOException e) {
            if (DiskFailure.isMountedOn(e)) {
                return Optional.of(new Kept(folder.path(), "a disk is mounted there", FolderSize.of(folder.path())));
            }
            throw DiskFailure.of("Taking away", folder.path(), instance, e);
        }
    }

    private static FolderStatus status(Folder folder) throws IOException {
        return FolderStatus.read(folder.path(), PathBelowRoot.linkOptions(folder.path(), folder.root()));
    }
}
