package io.provision.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who may start, stop and use the servers of one folder: one command alone, or several that share servers which are
 * kept running. The kernel lets go of it when the process ends, however it ends.
 */
final class HomeLock implements AutoCloseable {

    /**
     * The kernel's lock belongs to the process, and closing any channel on the file lets go of it; so within one
     * process the file is opened once, and only something as wide as the process can see to that.
     */
    private static final Set<Path> OPEN_HERE = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private HomeLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    static Optional<HomeLock> tryAlone(Path file) {
        return tryLock(file, false);
    }

    static Optional<HomeLock> tryShared(Path file) {
        return tryLock(file, true);
    }

    private static Optional<HomeLock> tryLock(Path file, boolean shared) {
        if (!OPEN_HERE.add(file)) {
            return Optional.empty();
        }
        Optional<HomeLock> held = Optional.empty();
        try {
            held = lock(file, shared);
            return held;
        } catch (IOException e) {
            throw EmbeddedFailure.disk("locking the embedded servers", e);
        } finally {
            if (held.isEmpty()) {
                OPEN_HERE.remove(file);
            }
        }
    }

    private static Optional<HomeLock> lock(Path file, boolean shared) throws IOException {
        FileChannel channel = FileChannel.open(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ,
                StandardOpenOption.WRITE), Access.OWNERS_FILE);
        boolean held = false;
        try {
            if (channel.tryLock(0, 1, shared) == null) {
                return Optional.empty();
            }
            Files.writeString(signature(file), ProcessHandle.current().pid() + "\n");
            held = true;
            return Optional.of(new HomeLock(file, channel));
        } finally {
            if (!held) {
                channel.close();
            }
        }
    }

    /** The process that took it last, for the message to the one that waits. */
    static String holder(Path file) {
        try {
            return "process " + Files.readString(signature(file)).strip();
        } catch (IOException unsigned) {
            return "another process";
        }
    }

    /** Beside the lock and not in it: reading the lock's own file would let go of it. */
    private static Path signature(Path file) {
        return file.resolveSibling(file.getFileName() + ".holder");
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw EmbeddedFailure.disk("unlocking the embedded servers", e);
        } finally {
            OPEN_HERE.remove(file);
        }
    }
}
