package io.provision.manifest;

import io.provision.problem.IoReason;
import io.provision.problem.Place;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** A file's bytes and its text. */
record SourceFile(String name, byte[] bytes, String text) {

    static final int LIMIT = 16 * 1024 * 1024;
    private static final String WHICH = "name the manifest with -f FILE";

    /** What a file is to hold. */
    static SourceFile draft(Path path, String text) {
        return new SourceFile(path.toString(), text.getBytes(StandardCharsets.UTF_8), text);
    }

    /** @return empty when it cannot be had, which has been told */
    static Optional<SourceFile> read(Path path, Faults faults) {
        String name = path.toString();
        Place place = Place.of(name);
        if (Files.isDirectory(path)) {
            faults.error(place, "the manifest cannot be read: it is a folder", WHICH);
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(LIMIT + 1);
            if (bytes.length > LIMIT) {
                faults.error(place, "the manifest is larger than 16 MiB, which no manifest is",
                        "divide it into several files, each given with -f");
                return Optional.empty();
            }
            return decode(bytes, name, faults).map(text -> new SourceFile(name, bytes, text));
        } catch (NoSuchFileException e) {
            faults.error(place, "there is no manifest of this name", WHICH);
        } catch (IOException e) {
            faults.error(place, "the manifest cannot be read: " + IoReason.of(e),
                    "make it readable for the user that runs this");
        }
        return Optional.empty();
    }

    private static Optional<String> decode(byte[] bytes, String name, Faults faults) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(in, out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            faults.error(placeBehind(name, text), "the manifest is not UTF-8 here", "save it as UTF-8");
            return Optional.empty();
        }
        return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
    }

    static Place placeBehind(String name, String before) {
        int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
        int column = before.codePointCount(before.lastIndexOf('\n') + 1, before.length()) + 1;
        return new Place(name, line, column);
    }
}
