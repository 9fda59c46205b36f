package io.provision.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where things lie below {@code .provision/}.
 *
 * @param home the absolute folder {@code .provision} beside the manifest; holds secrets, so it is its owner's alone
 */
record HomeFolder(Path home) {

    HomeFolder {
        home = home.toAbsolutePath().normalize();
    }

    Path embedded() {
        return home.resolve("embedded");
    }

    Path of(Kind kind) {
        return embedded().resolve(kind == Kind.POSTGRES ? "postgres" : "redis");
    }

    Path binaries() {
        return embedded().resolve("bin");
    }

    Path lock() {
        return embedded().resolve("lock");
    }

    /** Says that the servers are kept running; the servers' own files say where. */
    private Path keptMark() {
        return embedded().resolve("kept");
    }

    boolean isKept() {
        return Files.exists(keptMark());
    }

    void keep(boolean kept) {
        try {
            if (!kept) {
                Files.deleteIfExists(keptMark());
            } else if (!isKept()) {
                Files.createFile(keptMark());
            }
        } catch (IOException e) {
            throw EmbeddedFailure.disk("noting that the embedded servers are kept running", e);
        }
    }

    /** Makes what is missing, and shuts it to everybody else. */
    void prepare() {
        try {
            boolean first = !Files.exists(embedded());
            Files.createDirectories(home, Access.OWNERS_FOLDER);
            refuseForeign();
            Access.ownersOnly(home);
            Path ignored = home.resolve(".gitignore");
            // A full disk leaves an empty one.
            if (first && (!Files.exists(ignored) || Files.size(ignored) == 0)) {
                Files.writeString(ignored, "*\n");
            }
            Access.ownersFolder(embedded());
        } catch (IOException e) {
            throw EmbeddedFailure.disk("preparing the folder of the embedded servers", e);
        }
    }

    /** What stands in a folder that is shut to us would be taken for missing, and its servers for stopped. */
    void refuseShut() {
        if (Files.isDirectory(home) && !Files.isExecutable(home)) {
            throw EmbeddedFailure.refused("looking into the folder of the embedded servers, " + home
                    + ": permission denied", "run as the user whose it is");
        }
    }

    private void refuseForeign() throws IOException {
        long owner = Access.owner(home);
        // Root could, but would leave files that the folder's owner cannot read.
        if (owner != Access.uid()) {
            throw EmbeddedFailure.refused(
                    "the folder of the embedded servers, " + home + ", belongs to another user (uid " + owner + ")",
                    "run as that user, or give the folder to yours");
        }
    }
}
