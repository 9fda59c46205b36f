package io.provision.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;

/** A password that only its owner's files carry. */
record Secret(Path file) {

    private static final int BYTES = 20;

    boolean exists() {
        return Files.exists(file);
    }

    String read() throws IOException {
        Access.ownersOnly(file);
        return Files.readString(file).strip();
    }

    /** Makes one where there is none. Whole or not at all: a half-written password would lock the owner out. */
    String readOrMake() throws IOException {
        if (!exists()) {
            byte[] random = new byte[BYTES];
            new SecureRandom().nextBytes(random);
            Path draft = file.resolveSibling(file.getFileName() + ".new");
            Files.deleteIfExists(draft);
            Files.createFile(draft, Access.OWNERS_FILE);
            Files.writeString(draft, HexFormat.of().formatHex(random) + "\n", StandardOpenOption.DSYNC);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return read();
    }

    /** The value is for the server and the client, never for a message. */
    @Override
    public String toString() {
        return "the password in " + file;
    }
}
