package io.provision.embedded;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Keeps files and folders to their owner: nobody else may read or write them. */
final class Access {

    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");

    static final FileAttribute<?> OWNERS_FILE = PosixFilePermissions.asFileAttribute(FILE);
    static final FileAttribute<?> OWNERS_FOLDER = PosixFilePermissions.asFileAttribute(FOLDER);
    static final long ROOT = 0;

    private Access() {}

    static long uid() {
        return new UnixSystem().getUid();
    }

    static long owner(Path path) throws IOException {
        return ((Number) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS)).longValue();
    }

    /** The folder exists, is ours, and nobody else enters it. */
    static void ownersFolder(Path folder) throws IOException {
        Files.createDirectories(folder, OWNERS_FOLDER);
        ownersOnly(folder);
    }

    /** Takes away from others what they may do, if they may do anything. */
    static void ownersOnly(Path path) throws IOException {
        Set<PosixFilePermission> wanted = Files.isDirectory(path) ? FOLDER : FILE;
        if (!Files.getPosixFilePermissions(path).equals(wanted)) {
            Files.setPosixFilePermissions(path, wanted);
        }
    }

    /** Nobody but us could have put something into it. */
    static boolean isOursAlone(Path folder) throws IOException {
        Set<PosixFilePermission> granted = Files.getPosixFilePermissions(folder);
        return owner(folder) == uid() && !granted.contains(PosixFilePermission.GROUP_WRITE)
                && !granted.contains(PosixFilePermission.OTHERS_WRITE);
    }
}
