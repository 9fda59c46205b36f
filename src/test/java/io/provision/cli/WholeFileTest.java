package io.provision.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class WholeFileTest {

    @TempDir
    private Path folder;

    @Test
    void aPipeIsWrittenToAndStaysOne() throws Exception {
        Path pipe = folder.resolve("report.json");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        CompletableFuture<String> read = CompletableFuture.supplyAsync(() -> text(pipe));

        WholeFile.replace(pipe, "all is well\n");

        assertEquals("all is well\n", read.get());
        assertFalse(Files.isRegularFile(pipe));
    }

    @Test
    void whatAShellHasRedirectedIsWrittenTo() throws Exception {
        Path descriptors = Path.of("/proc/self/fd");
        assumeTrue(Files.isDirectory(descriptors), "no " + descriptors + " here");
        Path redirected = Files.createFile(folder.resolve("report.json"));
        try (OutputStream open = Files.newOutputStream(redirected);
                Stream<Path> all = Files.list(descriptors)) {
            Path descriptor = all.filter(each -> leadsTo(each, redirected)).findFirst().orElseThrow();

            WholeFile.replace(descriptor, "all is well\n");

            open.flush();
            assertTrue(leadsTo(descriptor, redirected));
        }
        assertEquals("all is well\n", Files.readString(redirected));
    }

    private static boolean leadsTo(Path link, Path file) {
        try {
            return Files.readSymbolicLink(link).equals(file);
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }

    @Test
    void aFolderIsNoPlaceForAText() throws Exception {
        Path taken = Files.createDirectory(folder.resolve("report.json"));

        assertThrows(IOException.class, () -> WholeFile.replace(taken, "all is well\n"));

        assertEquals(0, taken.toFile().list().length);
    }

    @Test
    void whatBreaksOffWhileItIsWrittenLeavesWhatWasThere() throws Exception {
        Path file = Files.writeString(folder.resolve("the.plan"), "before\n");

        IOException broken = assertThrows(IOException.class, () -> WholeFile.replace(file, out -> {
            new PrintWriter(out).append("half of it").flush();
            throw new UncheckedIOException(new IOException("no room"));
        }));

        assertEquals("no room", broken.getMessage());
        assertEquals("before\n", Files.readString(file));
        assertEquals(1, folder.toFile().list().length);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
