package io.provision.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Writes a file whole or not at all: others may read it at any moment. */
final class WholeFile {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private static final Set<PosixFilePermission> READABLE = PosixFilePermissions.fromString("rw-r--r--");
    private static final FileAttribute<Set<PosixFilePermission>> OWN =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private static final List<Path> SYSTEMS = List.of(Path.of("/dev"), Path.of("/proc"));
    /** An ordinary file system, in the midst of devices. */
    private static final Path MEMORY = Path.of("/dev/shm");

    private WholeFile() {}

    /**
     * Readable for everybody: whoever collects it is another user as a rule. It must not hold a secret. What is no
     * file, such as {@code /dev/null} or a pipe, is written to: root would put a file in its place.
     */
    static void replace(Path file, String text) throws IOException {
        if (isTheSystems(file) || Files.exists(file) && !Files.isRegularFile(file)) {
            Files.writeString(file, text);
            return;
        }
        // The system's own generator of random names takes as long as to write a small file. Whoever guesses this one
        // wins nothing: the file is made here, or not at all.
        String name = ".provision" + Long.toUnsignedString(ThreadLocalRandom.current().nextLong()) + ".draft";
        Path draft = Files.createFile(file.resolveSibling(name), OWN);
        replace(draft, file, text, READABLE);
    }

    /** {@code /dev/stdout} leads to a file where a shell has redirected it, and must stay a link. */
    private static boolean isTheSystems(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        return Files.exists(absolute) && !absolute.startsWith(MEMORY)
                && SYSTEMS.stream().anyMatch(absolute::startsWith);
    }

    /**
     * Changes what a person wrote: a link stays one, permissions and a byte order mark stay.
     *
     * @param before the text that it was changed from
     * @throws IOException also where somebody else has changed it meanwhile
     */
    static void change(Path file, String before, String text) throws IOException {
        Path real = file.toRealPath();
        String now = Files.readString(real);
        String mark = now.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : "";
        if (!now.equals(mark + before)) {
            throw new IOException("somebody else has changed it meanwhile");
        }
        Path draft = Files.createTempFile(real.getParent(), ".provision", ".draft");
        replace(draft, real, mark + text, Files.getPosixFilePermissions(real));
    }

    private static void replace(Path draft, Path file, String text, Set<PosixFilePermission> permissions)
            throws IOException {
        boolean replaced = false;
        try {
            Files.writeString(draft, text);
            Files.setPosixFilePermissions(draft, permissions);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            replaced = true;
        } finally {
            if (!replaced) {
                Files.deleteIfExists(draft);
            }
        }
    }
}
