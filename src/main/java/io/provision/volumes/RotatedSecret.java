package io.provision.volumes;

import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.List;

/**
 * A generated password file that gets a new password. The new one stands beside it, as {@code .NAME.next}, before any
 * server knows it; then the file holds it, and what it held stands beside it, as {@code .NAME.before}, until no server
 * wants it any more. So a password that a server takes is never lost, whenever the run is killed.
 */
public final class RotatedSecret {

    private final Path named;
    private final boolean unfinished;

    /** @param unfinished whether an earlier run began with it and did not come to its end */
    public RotatedSecret(Path named, boolean unfinished) {
        this.named = named;
        this.unfinished = unfinished;
    }

    /**
     * The new password, made where there is none yet. What an unfinished run made counts: some server may know it.
     *
     * @return to be wiped by the caller
     * @throws ProvisionException with {@link ExitCode#USAGE} when it can be neither read nor made
     */
    public char[] next() {
        return isPlaced() ? SecretFile.read(file()) : SecretFile.readOrGenerate(beside(".next"));
    }

    /** Whether an unfinished run came as far as {@link #place}. */
    private boolean isPlaced() {
        return unfinished && !Files.exists(beside(".next")) && Files.exists(beside(".before"));
    }

    /** The file holds the new password from now on, with the mode and owner that it had. A second time it is nothing. */
    public void place() {
        if (Files.exists(beside(".next"))) {
            doing("replaced", () -> {
                Path file = file();
                if (Files.exists(file)) {
                    keepAttributes(file);
                    Files.copy(file, beside(".before"), StandardCopyOption.REPLACE_EXISTING,
                            StandardCopyOption.COPY_ATTRIBUTES);
                }
                Path next = beside(".next");
                flush(next, StandardOpenOption.WRITE);
                Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                flush(file.getParent(), StandardOpenOption.READ);
            });
        }
    }

    /** The server's COMMIT outlives a power cut: so must the only copy of what it committed. */
    private static void flush(Path path, StandardOpenOption mode) throws IOException {
        try (FileChannel channel = FileChannel.open(path, mode)) {
            channel.force(true);
        }
    }

    /** A service that may read the file as somebody else must be able to read it still. */
    private void keepAttributes(Path file) throws IOException {
        PosixFileAttributes was = Files.readAttributes(file, PosixFileAttributes.class);
        PosixFileAttributeView next = Files.getFileAttributeView(beside(".next"), PosixFileAttributeView.class,
                LinkOption.NOFOLLOW_LINKS);
        PosixFileAttributes is = next.readAttributes();
        if (!is.group().equals(was.group())) {
            next.setGroup(was.group());
        }
        if (!is.owner().equals(was.owner())) {
            next.setOwner(was.owner());
        }
        next.setPermissions(was.permissions());
    }

    /** No server has to know the new password: the file is as it was. */
    public void giveUp() {
        doing("put back", () -> {
            boolean placed = !Files.exists(beside(".next"));
            if (placed && Files.exists(beside(".before"))) {
                Files.move(
                        beside(".before"), file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } else if (placed) {
                Files.deleteIfExists(file());
            }
            Files.deleteIfExists(beside(".next"));
            Files.deleteIfExists(beside(".before"));
        });
    }

    /** No server wants the password before it any more, or the person has it elsewhere. */
    public void settle() {
        doing("tidied up", () -> Files.deleteIfExists(beside(".before")));
    }

    private Path beside(String suffix) {
        Path file = file();
        return file.resolveSibling("." + file.getFileName() + suffix);
    }

    /** What the name leads to, where it is a link. */
    private Path file() {
        try {
            return Files.exists(named) ? named.toRealPath() : named.toAbsolutePath();
        } catch (IOException e) {
            throw failure("found", e);
        }
    }

    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }

    private void doing(String what, Work work) {
        try {
            work.run();
        } catch (IOException e) {
            throw failure(what, e);
        }
    }

    private ProvisionException failure(String what, IOException e) {
        return new ProvisionException(ExitCode.FAILED, List.of(Problem.error(
                        "the password file %s cannot be %s: %s".formatted(named, what, DiskFailure.why(e)))
                .remedy("let the user that runs this write to it and to its folder, and give it its owner and group")));
    }
}
