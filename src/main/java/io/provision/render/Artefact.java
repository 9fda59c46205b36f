package io.provision.render;

import java.util.Objects;

/**
 * One rendered file.
 *
 * @param path relative to the folder that is rendered to, with slashes
 * @param text whole, with its last line ended
 */
public record Artefact(String path, String text) {

    public Artefact {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(text, "text");
        if (!text.endsWith("\n")) {
            throw new IllegalArgumentException(path + " does not end its last line");
        }
    }
}
