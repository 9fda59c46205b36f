package io.provision.volumes;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What is in a folder, a level deep. */
public final class FolderEntries {

    /** More of them say no more. */
    private static final int ENOUGH = 1_000;

    private FolderEntries() {}

    /** Nothing of what is not there, and of what cannot be looked into: that is found when it is to go. */
    public static List<Path> of(Path folder) {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
            for (Path entry : found) {
                entries.add(entry);
                if (entries.size() == ENOUGH) {
                    break;
                }
            }
        } catch (IOException e) {
            return List.of();
        }
        return List.copyOf(entries);
    }
}
