package io.provision.cli;

import io.provision.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BiFunction;

/** Writes a run's figures where {@code --metrics} says, whole or not at all: a collector may read at any moment. */
final class MetricsFile {

    private final Invocation invocation;
    private final Instant started;

    /** Begins to measure. */
    MetricsFile(Invocation invocation) {
        this.invocation = invocation;
        this.started = invocation.context().clock().instant();
    }

    /** @param figures makes the text, from when the run ended and how long it took */
    void write(BiFunction<Instant, Duration, String> figures) {
        invocation.options().metrics().map(invocation::path).ifPresent(file -> {
            Instant ended = invocation.context().clock().instant();
            try {
                replace(file, figures.apply(ended, Duration.between(started, ended)));
            } catch (IOException e) {
                // What the run did stands, whether anybody counts it or not.
                String message = "the metrics could not be written to %s: %s".formatted(file, e.getMessage());
                invocation.messages().tell(Problem.warning(message)
                        .remedy("make its folder, writable for the user that runs this"));
            }
        });
    }

    private static void replace(Path file, String text) throws IOException {
        Path draft = Files.createTempFile(file.toAbsolutePath().getParent(), ".provision", ".draft");
        try {
            Files.writeString(draft, text);
            // The collector runs as another user.
            Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-r--r--"));
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
