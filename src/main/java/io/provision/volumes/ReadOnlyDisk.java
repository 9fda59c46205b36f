package io.provision.volumes;

import java.io.IOException;
import java.nio.file.AccessMode;
import java.nio.file.Path;

/** A disk that is mounted for reading alone, as one is after errors: modes and owners there promise what is not so. */
public final class ReadOnlyDisk {

    private ReadOnlyDisk() {}

    /** Asks the operating system, which tells of it before it looks at any right. */
    public static boolean holds(Path folder) {
        try {
            folder.getFileSystem().provider().checkAccess(folder, AccessMode.WRITE);
            return false;
        } catch (IOException e) {
            return DiskFailure.isReadOnly(e);
        }
    }
}
