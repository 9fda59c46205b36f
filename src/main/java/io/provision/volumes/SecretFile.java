package io.provision.volumes;

import io.provision.problem.ExitCode;
import io.provision.problem.IoReason;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/** Files that hold one password each, in their first line. */
public final class SecretFile {

    private static final int RANDOM_BYTES = 24;

    /** In characters; what goes on for longer is a device. */
    private static final int LONGEST = 65_535;

    private SecretFile() {}

    /** @throws ProvisionException with {@link ExitCode#USAGE} when it cannot be read, or has no password in it */
    public static char[] read(Path file) {
        try (Reader text = Files.newBufferedReader(file)) {
            String password = firstLine(text);
            if (password.isEmpty() || password.length() > LONGEST || password.indexOf('\0') >= 0) {
                throw failure(
                        "the password file %s %s".formatted(file, password.isEmpty()
                                ? "is empty"
                                : "holds no password: what is in its first line has a NUL, or no end"),
                        "write the password into its first line");
            }
            return password.toCharArray();
        } catch (IOException e) {
            throw failure(
                    "the password file %s cannot be read: %s".formatted(file, DiskFailure.why(e)),
                    "make it, readable for the user that runs this");
        }
    }

    /** No more of it than is looked at: what is named may be a device, or a pipe that stays open. */
    private static String firstLine(Reader text) throws IOException {
        StringBuilder line = new StringBuilder();
        int next = text.read();
        while (next >= 0 && next != '\n' && next != '\r' && line.length() <= LONGEST) {
            line.append((char) next);
            next = text.read();
        }
        return line.toString();
    }

    /**
     * Reads the file, or makes it with a random password, mode 0600, in folders of mode 0700 that git leaves out. It
     * appears whole or not at all: a run that is killed leaves no half of a password.
     *
     * @throws ProvisionException with {@link ExitCode#USAGE} when it can be neither read nor made
     */
    public static char[] readOrGenerate(Path file) {
        if (!Files.exists(file)) {
            try {
                generate(file);
            } catch (IOException e) {
                throw failure(
                        "the password file %s cannot be made: %s".formatted(file, DiskFailure.why(e)),
                        IoReason.remedy(e, "make its folder writable for the user that runs this"));
            }
        }
        return read(file);
    }

    private static void generate(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        makeFolder(folder);
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        Path draft = Files.createTempFile(
                folder,
                ".secret",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(draft, Base64.getUrlEncoder().withoutPadding().encodeToString(random) + "\n");
            // A link does not replace what another run made meanwhile, as a rename would.
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException e) {
            // The other run's password counts.
        } catch (UnsupportedOperationException e) {
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** One that is made here is kept out of git: it may well lie beside the manifest. */
    private static void makeFolder(Path folder) throws IOException {
        Path ignored = folder.resolve(".gitignore");
        boolean ours = !Files.exists(folder) || holdsOnlyAnEmpty(ignored);
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        if (ours) {
            Files.writeString(ignored, "*\n");
        }
    }

    /** As the making of the folder leaves it where the disk is full. */
    private static boolean holdsOnlyAnEmpty(Path file) throws IOException {
        try (Stream<Path> entries = Files.list(file.getParent())) {
            return entries.limit(2).toList().equals(List.of(file)) && Files.size(file) == 0;
        }
    }

    private static ProvisionException failure(String message, String remedy) {
        return new ProvisionException(ExitCode.USAGE, List.of(Problem.error(message).remedy(remedy)));
    }
}
