package io.provision.volumes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;

/**
 * What one {@code stat} tells. Only numbers are asked for: the names of user and group would cost a look into the
 * user database for each folder.
 *
 * @param permissions the lower twelve bits of the mode
 */
record FolderStatus(Kind kind, int permissions, int uid, int gid) {

    enum Kind { FOLDER, LINK, OTHER }

    private static final int TYPE_BITS = 0170000;
    private static final int FOLDER = 0040000;
    private static final int LINK = 0120000;
    private static final int PERMISSION_BITS = 07777;

    static FolderStatus read(Path path, LinkOption... options) throws IOException {
        Map<String, Object> attributes = Files.readAttributes(path, "unix:mode,uid,gid", options);
        int mode = (Integer) attributes.get("mode");
        return new FolderStatus(
                kind(mode),
                mode & PERMISSION_BITS,
                (Integer) attributes.get("uid"),
                (Integer) attributes.get("gid"));
    }

    boolean isFolder() {
        return kind == Kind.FOLDER;
    }

    String owner() {
        return Integer.toUnsignedString(uid) + ":" + Integer.toUnsignedString(gid);
    }

    /** Says what stands there in two words. */
    String noun() {
        return switch (kind) {
            case FOLDER -> "a folder";
            case LINK -> "a symbolic link";
            case OTHER -> "a file";
        };
    }

    private static Kind kind(int mode) {
        return switch (mode & TYPE_BITS) {
            case FOLDER -> Kind.FOLDER;
            case LINK -> Kind.LINK;
            default -> Kind.OTHER;
        };
    }
}
