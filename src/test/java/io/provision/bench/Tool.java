package io.provision.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The packaged command, as a user calls it. */
final class Tool {

    private final Path launcher;
    private final Job job;

    /** Its output, of the last call. */
    private final Path log;

    Tool(Path launcher, Job job) {
        this.launcher = launcher.toAbsolutePath();
        this.job = job;
        this.log = job.folder().resolveSibling("tool.log");
    }

    void run(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        Machine.run(command(arguments), environment, log);
    }

    /** In MiB. */
    double peakMemory(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        return Machine.peakMemory(command(arguments), environment, log);
    }

    private List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(launcher.toString(), arguments[0], "-q"));
        command.addAll(List.of(arguments).subList(1, arguments.length));
        command.addAll(List.of("-f", job.manifest().toString()));
        return command;
    }

    String output() throws IOException {
        return Files.readString(log);
    }
}
