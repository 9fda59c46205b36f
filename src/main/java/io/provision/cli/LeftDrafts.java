package io.provision.cli;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** Drafts of files and folders that a killed run has left: nobody puts them in their place any more. */
final class LeftDrafts {

    /** Writing takes seconds. A younger one may be that of a run beside this one. */
    private static final Duration LONGEST_WRITING = Duration.ofHours(1);

    private final Instant now;

    LeftDrafts(Instant now) {
        this.now = now;
    }

    /** Whatever cannot be taken away stays: it is in nobody's way. */
    void removeFrom(Path folder) {
        try (DirectoryStream<Path> drafts = Files.newDirectoryStream(folder, WholeFile::isDraft)) {
            for (Path draft : drafts) {
                if (isLeft(draft)) {
                    remove(draft);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return;
        }
    }

    private boolean isLeft(Path draft) throws IOException {
        return Files.getLastModifiedTime(draft, LinkOption.NOFOLLOW_LINKS).toInstant()
                .isBefore(now.minus(LONGEST_WRITING));
    }

    /** A folder's has files alone in it. */
    static void remove(Path draft) throws IOException {
        if (Files.isDirectory(draft, LinkOption.NOFOLLOW_LINKS)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(draft)) {
                for (Path file : files) {
                    Files.delete(file);
                }
            }
        }
        Files.delete(draft);
    }
}
