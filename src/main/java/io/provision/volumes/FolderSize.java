package io.provision.volumes;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Locale;

/**
 * How much is in a folder.
 *
 * @param bytes the lengths of the files in it and below; links are not followed, and count nothing
 * @param complete whether all of it was seen; otherwise there is more than {@code bytes}
 */
public record FolderSize(long bytes, boolean complete) {

    /** So many files are looked at when nobody says otherwise: a second or so. */
    public static final int USUAL_BOUND = 100_000;

    public static final FolderSize NOTHING = new FolderSize(0, true);

    public static FolderSize of(Path folder) {
        return of(folder, USUAL_BOUND);
    }

    /**
     * A folder that is not there has nothing in it; what vanishes meanwhile is passed over.
     *
     * @param bound the number of files and folders after which to stop
     */
    static FolderSize of(Path folder, int bound) {
        if (Files.notExists(folder)) {
            return NOTHING;
        }
        Walk walk = new Walk(bound);
        try {
            Files.walkFileTree(folder, walk);
        } catch (IOException e) {
            return new FolderSize(walk.bytes, false);
        }
        return new FolderSize(walk.bytes, walk.complete);
    }

    /** As {@code 1.5 MiB}; with {@code at least}, where not all of it was seen. */
    @Override
    public String toString() {
        return (complete ? "" : "at least ") + words(bytes);
    }

    /** As {@code 1.5 MiB}. */
    public static String words(long bytes) {
        double size = bytes;
        for (String unit : List.of("B", "KiB", "MiB", "GiB")) {
            if (size < 1024) {
                return String.format(Locale.ROOT, unit.equals("B") ? "%.0f %s" : "%.1f %s", size, unit);
            }
            size /= 1024;
        }
        return String.format(Locale.ROOT, "%.1f TiB", size);
    }

    private static final class Walk extends SimpleFileVisitor<Path> {

        private final int bound;
        private int visited;
        private long bytes;
        private boolean complete = true;

        Walk(int bound) {
            this.bound = bound;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return next();
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            FileVisitResult result = next();
            if (result == FileVisitResult.CONTINUE && attributes.isRegularFile()) {
                bytes += attributes.size();
            }
            return result;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            complete &= e instanceof NoSuchFileException;
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, IOException e) {
            complete &= e == null;
            return FileVisitResult.CONTINUE;
        }

        private FileVisitResult next() {
            if (visited == bound) {
                complete = false;
                return FileVisitResult.TERMINATE;
            }
            visited++;
            return FileVisitResult.CONTINUE;
        }
    }
}
