package io.provision.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/** Every test's {@code @TempDir}, as junit-platform.properties says: in memory, where that will do. */
public final class TempDirInMemory implements TempDirFactory {

    private static final String PREFIX = "junit-%d-".formatted(ProcessHandle.current().pid());
    private static final Pattern FORM = Pattern.compile("junit-(\\d{1,10})-.+");

    /** The two servers of a test, their programs and a distribution take a quarter of it; a few tests run at a time. */
    private static final long ROOM = 2L << 30;
    private static final Path ALL = Memory.withRoomFor(ROOM).filter(Memory::runsPrograms)
            .orElse(Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath());

    static {
        ServerWatch.over(ALL.resolve(PREFIX).toString());
        deleteAbandoned();
    }

    /** Those of JVMs that were killed: what stands in memory takes room for as long as the machine runs. */
    static void deleteAbandoned() {
        try (Stream<Path> folders = Files.list(ALL)) {
            folders.filter(TempDirInMemory::isAbandoned).forEach(TestFolder::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isAbandoned(Path folder) {
        Matcher whose = FORM.matcher(folder.getFileName().toString());
        return whose.matches() && TestFolder.isGone(Long.parseLong(whose.group(1)));
    }

    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context) throws IOException {
        return Files.createTempDirectory(ALL, PREFIX);
    }
}
