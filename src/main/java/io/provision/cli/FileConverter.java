package io.provision.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A file or folder; where a stream would do as well, {@link FileOrStream} says so. */
final class FileConverter implements ITypeConverter<Path> {

    @Override
    public Path convert(String text) {
        Path path = named(text);
        if (path.equals(FileOrStream.STREAM)) {
            throw new TypeConversionException("`-` is no file; /dev/stdout and ./- are");
        }
        return path;
    }

    /** @throws TypeConversionException for what an unset variable leaves of a name, and what no file can be called */
    static Path named(String text) {
        if (text.isEmpty()) {
            throw new TypeConversionException("it is empty");
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new TypeConversionException("`" + text + "` is no name of a file: " + e.getReason());
        }
    }
}
