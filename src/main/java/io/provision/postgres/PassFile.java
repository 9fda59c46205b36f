package io.provision.postgres;

import io.provision.problem.ExitCode;
import io.provision.problem.IoReason;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * libpq's password file (PostgreSQL manual, "The Password File"): that of {@code passfile}, of PGPASSFILE, or {@code
 * ~/.pgpass}. The driver has a reader of its own, which takes the home that the system has for the user and not $HOME,
 * looks for all hosts of a URL under one name, and minds nobody else's reading it.
 */
final class PassFile {

    private static final Pattern LINE_END = Pattern.compile("\\r*(?:\n|\\z)");

    private static final Set<PosixFilePermission> OWNERS = Set.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private final Path file;

    private PassFile(Path file) {
        this.file = file;
    }

    /**
     * @param named what the connection says of it; empty where it says nothing
     * @return empty where none is named, and none stands in the home folder
     * @throws ProvisionException USAGE, where it is none that can be
     */
    static Optional<PassFile> of(Optional<String> named, Map<String, String> environment) {
        return named.filter(path -> !path.isEmpty())
                .map(path -> path("passfile", path))
                .or(() -> variable(environment, "PGPASSFILE").map(path -> path("PGPASSFILE", path)))
                .or(() -> home(environment).map(home -> path("HOME", home + "/.pgpass")).filter(Files::exists))
                .map(PassFile::new);
    }

    private static Path path(String from, String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new ProvisionException(
                    ExitCode.USAGE,
                    Problem.error("`%s` is no path of a file: %s".formatted(from, e.getReason()))
                            .remedy("name the password file, or take it away"));
        }
    }

    private static Optional<String> home(Map<String, String> environment) {
        return variable(environment, "HOME")
                .or(() -> Optional.of(System.getProperty("user.home", "")).filter(home -> !home.isEmpty()));
    }

    private static Optional<String> variable(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }

    /** Why it counts for nothing, to psql, too, with what to do; empty where it counts. */
    Optional<String> fault() {
        if (Files.notExists(file)) {
            return Optional.of("the password file %s does not exist: write it, or set PGPASSWORD".formatted(file));
        }
        if (!Files.isRegularFile(file)) {
            return Optional.of("the password file %s is no file".formatted(file));
        }
        try {
            return OWNERS.containsAll(Files.getPosixFilePermissions(file))
                    ? unreadable()
                    : Optional.of(("the password file %s is left aside, as psql leaves it, because others than its"
                            + " owner may use it: `chmod 600 %s`").formatted(file, file));
        } catch (UnsupportedOperationException e) {
            return unreadable();
        } catch (IOException e) {
            return Optional.of(unreadable(e));
        }
    }

    /** Why no password was found in it, with what to do. */
    String hasNoLine() {
        return "the password file %s has no line for this host, port, database and user: write one, or set PGPASSWORD"
                .formatted(file);
    }

    private Optional<String> unreadable() {
        try {
            lines();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(unreadable(e));
        }
    }

    private String unreadable(IOException e) {
        return "the password file %s cannot be read: %s".formatted(file, IoReason.of(e));
    }

    /** That of the first host that has one: the driver takes one password for all. */
    Optional<String> password(List<HostAndPort> hosts, String database, String user) {
        try {
            List<String> lines = lines();
            return hosts.stream()
                    .map(host -> List.of(host.host(), host.port(), database, user))
                    .flatMap(wanted -> lines.stream().flatMap(line -> password(line, wanted).stream()).limit(1))
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Where it is asked for, as a line of the file has it. */
    record HostAndPort(String host, String port) {}

    /** Any bytes, as libpq takes them. */
    private List<String> lines() throws IOException {
        if (Files.isDirectory(file)) {
            throw new FileSystemException(file.toString(), null, "is a directory");
        }
        return List.of(LINE_END.split(new String(Files.readAllBytes(file), StandardCharsets.UTF_8)));
    }

    /** The first line that fits counts. */
    private static Optional<String> password(String line, List<String> wanted) {
        if (line.startsWith("#")) {
            return Optional.empty();
        }
        int at = 0;
        for (String field : wanted) {
            at = behind(line, at, field);
            if (at < 0) {
                return Optional.empty();
            }
        }
        return Optional.of(unescaped(line.substring(at)));
    }

    /** It ends at a colon; a backslash at the end stands for itself. */
    private static String unescaped(String password) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < password.length() && password.charAt(i) != ':'; i++) {
            if (password.charAt(i) == '\\' && i < password.length() - 1) {
                i++;
            }
            text.append(password.charAt(i));
        }
        return text.toString();
    }

    /** @return where the next field begins; negative where this one does not fit */
    private static int behind(String line, int from, String field) {
        if (line.startsWith("*:", from)) {
            return from + 2;
        }
        int at = from;
        for (int i = 0; i < field.length(); i++) {
            if (at < line.length() - 1 && line.charAt(at) == '\\') {
                at++;
            }
            if (at >= line.length() || line.charAt(at) != field.charAt(i)) {
                return -1;
            }
            at++;
        }
        return at < line.length() && line.charAt(at) == ':' ? at + 1 : -1;
    }
}
