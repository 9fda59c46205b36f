package io.provision.volumes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The users and groups of a machine: its files first, which the smallest container has too, then whatever else its
 * name service asks (LDAP, for one), through the standard commands. Java itself knows names but tells no numbers.
 */
final class UserDatabase {

    private static final int NAME = 0;
    private static final int ID = 2;
    private static final int GROUP_OF_USER = 3;

    private final Path passwd;
    private final Path group;

    UserDatabase(Path passwd, Path group) {
        this.passwd = passwd;
        this.group = group;
    }

    static UserDatabase ofThisMachine() {
        return new UserDatabase(Path.of("/etc/passwd"), Path.of("/etc/group"));
    }

    Optional<String> uid(String user) {
        return field(passwd, user, ID).or(() -> firstLine(List.of("id", "-u", "--", user)));
    }

    Optional<String> gidOfUser(String user) {
        return field(passwd, user, GROUP_OF_USER).or(() -> firstLine(List.of("id", "-g", "--", user)));
    }

    Optional<String> gid(String name) {
        return field(group, name, ID)
                .or(() -> firstLine(List.of("getent", "--", "group", name)).flatMap(line -> part(line, ID)));
    }

    private static Optional<String> field(Path file, String name, int index) {
        // Comments of these files may be in any encoding; this one takes every byte.
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> part(line, NAME).equals(Optional.of(name)))
                    .findFirst()
                    .flatMap(line -> part(line, index));
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> part(String line, int index) {
        String[] parts = line.split(":");
        return index < parts.length ? Optional.of(parts[index]) : Optional.empty();
    }

    private static Optional<String> firstLine(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? output.lines().findFirst() : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
