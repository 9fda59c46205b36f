package io.provision.embedded;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Whose the files are, and who else may touch them: nobody. */
final class Access {

    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");

    static final FileAttribute<?> OWNERS_FILE = PosixFilePermissions.asFileAttribute(FILE);
    static final FileAttribute<?> OWNERS_FOLDER = PosixFilePermissions.asFileAttribute(FOLDER);
    static final long ROOT = 0;

    private Access() {
    }

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

    static void give(Path tree, long uid) throws IOException {
        visit(tree, path -> Files.setAttribute(path, "unix:uid", (int) uid, LinkOption.NOFOLLOW_LINKS));
    }

    /** Deletes a tree; links in it are deleted, not followed. */
    static void delete(Path tree) throws IOException {
        visit(tree, Files::deleteIfExists);
    }

    /** Bytes of the files of a tree; a file that goes away while it is being counted counts nothing. */
    static long size(Path tree) throws IOException {
        long[] bytes = {0};
        visit(tree, path -> bytes[0] += Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) ? Files.size(path) : 0);
        return bytes[0];
    }

    private interface Action {
        void on(Path path) throws IOException;
    }

    private static void visit(Path tree, Action action) throws IOException {
        if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                return act(file);
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                return act(folder);
            }

            private FileVisitResult act(Path path) throws IOException {
                try {
                    action.on(path);
                } catch (NoSuchFileException gone) {
                    return FileVisitResult.CONTINUE;
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
