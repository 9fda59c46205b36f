package io.provision.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * Which of the streams is a terminal.
 *
 * @param columns how wide it is; asked for only when something is to fit it
 */
public record Terminal(boolean in, boolean out, boolean err, IntSupplier columns) {

    private static final int USUAL_COLUMNS = 80;

    public Terminal {
        Objects.requireNonNull(columns, "columns");
    }

    /** A pipeline: no stream is a terminal, and nothing has to fit anything. */
    public static final Terminal NONE = new Terminal(false, false, false, () -> Integer.MAX_VALUE);

    static Terminal detect(Map<String, String> environment) {
        return new Terminal(
                Descriptors.isTerminal("0"),
                Descriptors.isTerminal("1"),
                Descriptors.isTerminal("2"),
                () -> columns(environment));
    }

    private static int columns(Map<String, String> environment) {
        String said = environment.getOrDefault("COLUMNS", "");
        if (said.matches("[1-9]\\d{0,3}")) {
            return Integer.parseInt(said);
        }
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            boolean ended = stty.waitFor(1, TimeUnit.SECONDS);
            return ended && size.matches("\\d+ [1-9]\\d{0,3}")
                    ? Integer.parseInt(size.substring(size.indexOf(' ') + 1))
                    : USUAL_COLUMNS;
        } catch (IOException e) {
            return USUAL_COLUMNS;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return USUAL_COLUMNS;
        }
    }
}
