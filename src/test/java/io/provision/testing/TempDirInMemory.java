package io.provision.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/** Every test's {@code @TempDir}, as junit-platform.properties says: in memory, where that will do. */
public final class TempDirInMemory implements TempDirFactory {

    private static final String PREFIX = "junit-%d-".formatted(ProcessHandle.current().pid());
    /** The two servers of a test, their programs and a distribution take a quarter of it; a few tests run at a time. */
    private static final long ROOM = 2L << 30;
    private static final Path ALL = Memory.withRoomFor(ROOM).filter(Memory::runsPrograms)
            .orElse(Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath());

    static {
        ServerWatch.over(ALL.resolve(PREFIX).toString());
    }

    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context) throws IOException {
        return Files.createTempDirectory(ALL, PREFIX);
    }
}
