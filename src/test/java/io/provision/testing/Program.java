package io.provision.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What a program of this machine said, one that scripts/test-full installs.
 *
 * @param said on both streams
 */
public record Program(int code, String said) {

    /** Skips the test where the program is not here. */
    public static void assumeInstalled(String program) {
        assumeTrue(
                Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program))),
                "skipped: there is no " + program + " here");
    }

    /** Runs it to its end, with these variables beside the machine's. */
    public static Program run(Path folder, Map<String, String> environment, List<String> command) {
        try {
            Path said = Files.createTempFile("program", ".out");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile());
            builder.environment().putAll(environment);
            int code = builder.start().waitFor();
            String text = Files.readString(said);
            Files.delete(said);
            return new Program(code, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("waiting for " + command, e);
        }
    }
}
