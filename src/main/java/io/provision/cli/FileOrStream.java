package io.provision.cli;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;

/** A file, or {@code -}: standard input where it is read, standard output where it is written. */
final class FileOrStream implements ITypeConverter<Path> {

    static final Path STREAM = Path.of("-");

    @Override
    public Path convert(String text) {
        return FileConverter.named(text);
    }

    /** As messages call what is read. */
    static String title(Path file) {
        return file.equals(STREAM) ? "standard input" : file.toString();
    }

    static String read(Invocation invocation, Path file) throws IOException {
        if (!file.equals(STREAM)) {
            return Files.readString(invocation.path(file));
        }
        StringWriter text = new StringWriter();
        invocation.context().in().transferTo(text);
        return text.toString();
    }
}
