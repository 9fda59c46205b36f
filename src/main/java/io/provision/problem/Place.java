package io.provision.problem;

import java.util.Objects;

/**
 * Where in a file a problem stands.
 *
 * @param file the file as the user named it
 * @param line counted from 1; 0 when the problem is about the file as a whole
 * @param column counted from 1; 0 when the problem is about the line as a whole
 */
public record Place(String file, int line, int column) {

    public Place {
        Objects.requireNonNull(file, "file");
        if (line < 0 || column < 0) {
            throw new IllegalArgumentException("line and column must not be negative");
        }
    }

    public static Place of(String file) {
        return new Place(file, 0, 0);
    }

    @Override
    public String toString() {
        if (line == 0) {
            return file;
        }
        return column == 0 ? file + ":" + line : file + ":" + line + ":" + column;
    }
}
