package io.provision.render;

import java.util.List;
import java.util.Objects;

/**
 * One rendered file.
 *
 * @param path relative to the folder that is rendered to, with slashes
 * @param pieces its text, each ending where a line does; one but where that would be long
 */
public record Artefact(String path, List<String> pieces) {

    public Artefact {
        Objects.requireNonNull(path, "path");
        pieces = List.copyOf(pieces);
        if (pieces.isEmpty() || !pieces.get(pieces.size() - 1).endsWith("\n")) {
            throw new IllegalArgumentException(path + " does not end its last line");
        }
        for (String piece : pieces) {
            if (!piece.isEmpty() && !piece.endsWith("\n")) {
                throw new IllegalArgumentException("a piece of " + path + " ends within a line");
            }
        }
    }

    public Artefact(String path, String text) {
        this(path, List.of(text));
    }

    /** The whole of it. */
    public String text() {
        return pieces.size() == 1 ? pieces.get(0) : String.join("", pieces);
    }
}
