package io.provision.manifest;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * One folder of an instance ({@code volumes-and-render.md}, "Volumes").
 *
 * @param kind {@code data}, {@code logs}, or another of the manifest's {@code dirs}
 * @param root the absolute root that the folder stands below; the tool touches nothing above it
 * @param path the absolute folder
 * @param mode permission bits, such as 0750
 * @param owner {@code uid:gid} or names; empty where nobody was told
 * @param mount its place in the container, if it has one
 */
public record Volume(String kind, Path root, Path path, int mode, Optional<String> owner, Optional<String> mount) {

    public Volume {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(root, "root");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(mount, "mount");
        if (!path.isAbsolute() || !path.startsWith(root)) {
            throw new IllegalArgumentException("a volume stands below its absolute root");
        }
        if (mode < 0 || mode > 07777) {
            throw new IllegalArgumentException("mode must be permission bits");
        }
    }
}
