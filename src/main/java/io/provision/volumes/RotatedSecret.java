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
 * A generated password file that gets a new password, in one run. The new one stands beside it, as {@code .NAME.next},
 * before any server knows it; then the file holds it, and what it held stands beside it, as {@code .NAME.before}, until
 * no server wants it any more. So a password that a server takes is never lost, whenever the run is killed; and what
 * the run did not make it does not take away.
 */
public final class RotatedSecret {

    private final Path named;
    private final boolean unfinished;
    private boolean made;
    private boolean copied;
    private boolean placed;
    private boolean replaced;

    /** @param unfinished whether an earlier run began with it and did not come to its end: this one takes it over */
    public RotatedSecret(Path named, boolean unfinished) {
        this.named = named;
        this.unfinished = unfinished;
    }

    /**
     * Before a run says what it is about to do: what a run that has ended left beside the file is of no use any more,
     * and must not be taken for what the next unfinished one replaced.
     */
    public void clear() {
        if (!unfinished) {
            settle();
        }
    }

    /**
     * The new password, made where there is none yet. What an unfinished run made counts: some server may know it.
     *
     * @return to be wiped by the caller
     * @throws ProvisionException with {@link ExitCode#USAGE} when it can be neither read nor made
     */
    public char[] next() {
        if (placed || isPlacedBefore()) {
            return SecretFile.read(file());
        }
        made |= !Files.exists(beside(".next"));
        return SecretFile.readOrGenerate(beside(".next"));
    }

    /** Whether an unfinished run came as far as {@link #place}. */
    private boolean isPlacedBefore() {
        return unfinished && !placed && !Files.exists(beside(".next")) && Files.exists(beside(".before"));
    }

    /** The file holds the new password from now on, with the mode and owner that it had. A second time does nothing. */
    public void place() {
        if (Files.exists(beside(".next"))) {
            doing("replaced", () -> {
                Path file = file();
                boolean stood = Files.exists(file);
                if (stood) {
                    keepAttributes(file);
                    keepBefore(file);
                }
                Path next = beside(".next");
                flush(next, StandardOpenOption.WRITE);
                Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                placed = true;
                replaced = stood;
                flush(file.getParent(), StandardOpenOption.READ);
            });
        }
    }

    /** Beside a new one that is not placed, an unfinished run left half a copy at most; any other may be valid. */
    private void keepBefore(Path file) throws IOException {
        if (unfinished) {
            Files.deleteIfExists(beside(".before"));
        }
        copied = !Files.exists(beside(".before"));
        Files.copy(file, beside(".before"), StandardCopyOption.COPY_ATTRIBUTES);
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

    /** No server has to know the new password: the file is as it was before this run, or the unfinished one. */
    public void giveUp() {
        doing("put back", () -> {
            if (replaced || isPlacedBefore()) {
                Files.move(
                        beside(".before"), file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                return;
            }
            if (copied || unfinished) {
                // Before the new one: without that, it would count as what the new one replaced.
                Files.deleteIfExists(beside(".before"));
            }
            if (placed) {
                Files.deleteIfExists(file());
            } else if (made || unfinished) {
                Files.deleteIfExists(beside(".next"));
            }
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
