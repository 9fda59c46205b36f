package io.provision.volumes;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A folder that was to be taken away and still stands.
 *
 * @param why as a sentence without a full stop
 * @param size what is in it
 */
public record Kept(Path folder, String why, FolderSize size) {

    public Kept {
        Objects.requireNonNull(folder, "folder");
        Objects.requireNonNull(why, "why");
        Objects.requireNonNull(size, "size");
    }

    /** Why, and how much is in it. */
    public String told() {
        return size.equals(FolderSize.NOTHING) ? why : "%s (%s)".formatted(why, size);
    }
}
