package io.provision.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What the standard descriptors lead to, where the system tells ({@code /proc}); Java itself knows only of both. */
final class Descriptors {

    private Descriptors() {}

    static boolean isTerminal(String number) {
        return target(number)
                .map(target -> target.startsWith("/dev/pts/") || target.startsWith("/dev/tty")
                        || target.startsWith("/dev/console"))
                .orElseGet(() -> System.console() != null);
    }

    static boolean isPipe(String number) {
        return target(number)
                .map(target -> target.startsWith("pipe:") || target.startsWith("socket:"))
                .orElse(false);
    }

    private static Optional<String> target(String number) {
        try {
            return Optional.of(Files.readSymbolicLink(Path.of("/proc/self/fd", number)).toString());
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }
}
