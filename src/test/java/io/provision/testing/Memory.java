package io.provision.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The file system that Linux has in memory, where a server waits for no disk: many a test starts and stops servers that
 * wait until what they write stands on one, and that was a good part of its time.
 */
final class Memory {

    static final Path FOLDER = Path.of("/dev/shm");

    private static final FileAttribute<?> OWNERS_PROGRAM =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private Memory() {
    }

    /**
     * A folder that is there already, and open to everybody.
     *
     * @param room that is needed there, in bytes; containers often have 64 MB
     */
    static Optional<Path> withRoomFor(long room) {
        try {
            boolean fits = Files.isWritable(FOLDER)
                    && Math.min(free(), Files.getFileStore(FOLDER).getUsableSpace()) >= room;
            return fits ? Optional.of(FOLDER) : Optional.empty();
        } catch (IOException noSuchMemory) {
            return Optional.empty();
        }
    }

    /** What the kernel could give without swapping, in bytes; what stands in that file system it counts as taken. */
    private static long free() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/meminfo"))) {
            return lines.filter(line -> line.startsWith("MemAvailable:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst()
                    .orElse(0);
        }
    }

    /** Whether a program that stands there may be run: in containers often none may. */
    static boolean runsPrograms(Path folder) {
        try {
            Path program = Files.createTempFile(folder, "program-", "", OWNERS_PROGRAM);
            try {
                Files.writeString(program, "#!/bin/sh\n");
                return new ProcessBuilder(program.toString()).start().waitFor() == 0;
            } finally {
                Files.delete(program);
            }
        } catch (IOException refused) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
