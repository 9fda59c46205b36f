package io.provision.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a server's program, with nothing of the caller's environment but the search paths. */
final class ServerCommand {

    private static final List<String> PASSED_ON = List.of("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH");
    private static final long PATIENCE_SECONDS = 120;

    private final ProcessBuilder builder;

    /** @param log where standard output and error go; the server that the program starts inherits it */
    ServerCommand(List<String> command, Path folder, Path log, Map<String, String> environment) {
        builder = new ProcessBuilder(new ArrayList<>(command));
        builder.directory(folder.toFile());
        builder.redirectErrorStream(true);
        builder.redirectInput(Path.of("/dev/null").toFile());
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().retainAll(PASSED_ON);
        // Whatever the machine's locale, messages are English and sorting is by code point.
        builder.environment().put("LC_ALL", "C");
        builder.environment().put("TZ", "UTC");
        builder.environment().putAll(environment);
    }

    /** @return whether it ended well */
    boolean run() throws IOException, InterruptedException {
        Process process = builder.start();
        try {
            if (process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return process.exitValue() == 0;
            }
            throw new IOException(builder.command().get(0) + " did not end within " + PATIENCE_SECONDS + " seconds");
        } finally {
            process.destroyForcibly();
        }
    }
}
