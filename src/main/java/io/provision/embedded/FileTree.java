package io.provision.embedded;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** A folder with all that is in it, or a file; what goes away meanwhile is passed over. Links are not followed. */
final class FileTree {

    private FileTree() {}

    /** Makes a user the owner of all of it. */
    static void give(Path tree, long uid) throws IOException {
        visit(tree, path -> Files.setAttribute(path, "unix:uid", (int) uid, LinkOption.NOFOLLOW_LINKS));
    }

    /** Deletes a tree; links in it are deleted, not followed. */
    static void delete(Path tree) throws IOException {
        visit(tree, Files::deleteIfExists);
    }

    /** Bytes of the files of a tree. */
    static long size(Path tree) throws IOException {
        long[] bytes = {0};
        visit(tree, path -> bytes[0] += Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) ? Files.size(path) : 0);
        return bytes[0];
    }

    private interface Action {
        void on(Path path) throws IOException;
    }

    private static void visit(Path tree, Action action) throws IOException {
        if (Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
            Files.walkFileTree(tree, new Visitor(action));
        }
    }

    /** Comes to a folder after all that is in it. */
    private static final class Visitor extends SimpleFileVisitor<Path> {

        private final Action action;

        Visitor(Action action) {
            this.action = action;
        }

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
    }
}
