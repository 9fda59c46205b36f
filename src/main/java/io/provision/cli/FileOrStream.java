package io.provision.cli;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;

/** A file, or {@code -}: standard input where it is read, standard output where it is written. */
final class FileOrStream implements ITypeConverter<Path> {

    static final Path STREAM = Path.of("-");

    /** In characters. */
    private static final int LONGEST = 16 * 1024 * 1024;
    private static final int PIECE = 8 * 1024;

    @Override
    public Path convert(String text) {
        return FileConverter.named(text);
    }

    /** As messages call what is read. */
    static String title(Path file) {
        return file.equals(STREAM) ? "standard input" : file.toString();
    }

    /** @throws IOException also where it is longer than a manifest may be: what is named may be a device */
    static String read(Invocation invocation, Path file) throws IOException {
        try (Reader from = open(invocation, file)) {
            StringBuilder text = new StringBuilder();
            char[] piece = new char[PIECE];
            for (int length = from.read(piece); length >= 0; length = from.read(piece)) {
                text.append(piece, 0, length);
                if (text.length() > LONGEST) {
                    throw new IOException("it is longer than 16 MiB");
                }
            }
            return text.toString();
        }
    }

    /** For what need not stand in memory as a whole. Standard input stays open: somebody may be asked something. */
    static Reader open(Invocation invocation, Path file) throws IOException {
        return file.equals(STREAM)
                ? new FilterReader(invocation.context().in()) {
                    @Override
                    public void close() {}
                }
                : Files.newBufferedReader(invocation.path(file));
    }
}
