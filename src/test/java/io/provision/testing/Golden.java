package io.provision.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whole outputs, kept in {@code src/test/resources/golden}. {@code mvn test -Dgolden.write=true} writes them anew; what
 * changed is then read in the diff, and committed or mended.
 */
public final class Golden {

    private static final Path FOLDER = Path.of("src", "test", "resources", "golden");

    private Golden() {}

    /** Whether what is kept is to be written anew. */
    public static boolean isWritten() {
        return Boolean.getBoolean("golden.write");
    }

    public static void assertSame(String file, String actual) throws IOException {
        Path golden = FOLDER.resolve(file);
        if (isWritten()) {
            Files.createDirectories(golden.getParent());
            Files.writeString(golden, actual);
        }
        assertEquals(Files.readString(golden), actual, golden.toString());
    }
}
