package io.provision.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Writes a file whole or not at all: others may read it at any moment. */
final class WholeFile {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private WholeFile() {}

    /** Readable for everybody: whoever collects it is another user as a rule. It must not hold a secret. */
    static void replace(Path file, String text) throws IOException {
        replace(file, text, PosixFilePermissions.fromString("rw-r--r--"));
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
        replace(real, mark + text, Files.getPosixFilePermissions(real));
    }

    private static void replace(Path file, String text, Set<PosixFilePermission> permissions) throws IOException {
        Path draft = Files.createTempFile(file.toAbsolutePath().getParent(), ".provision", ".draft");
        try {
            Files.writeString(draft, text);
            Files.setPosixFilePermissions(draft, permissions);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
