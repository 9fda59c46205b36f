package io.provision.journal;

import java.util.Objects;

/**
 * One run of a command that changes something.
 *
 * @param id sortable by time; also the token that every work transaction checks before it commits
 * @param command {@code init}, {@code rollback} or {@code rotate}
 * @param user who ran it, on the machine that it ran on
 * @param version of the tool
 * @param manifestSha256 of the manifest's files
 */
public record Run(
        String id, String command, String user, String host, String version, String ecosystem, String manifestSha256) {

    public Run {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(command, "command");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(ecosystem, "ecosystem");
        Objects.requireNonNull(manifestSha256, "manifestSha256");
    }
}
