package io.provision.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The packaged command as a person calls it: a process in a folder, with nothing of this JVM's environment but the way
 * to its programs.
 */
final class PackagedCommand {

    static final Path DISTRIBUTION =
            Path.of(System.getProperty("provision.distribution", "target/provision")).toAbsolutePath();

    private static final List<String> INHERITED = List.of("PATH", "HOME", "JAVA_HOME", "TMPDIR");

    private final Path folder;
    private final List<String> program;
    private final Map<String, String> environment;

    private PackagedCommand(Path folder, List<String> program, Map<String, String> environment) {
        this.folder = folder;
        this.program = program;
        this.environment = Map.copyOf(environment);
    }

    static PackagedCommand in(Path folder) {
        Map<String, String> environment = new HashMap<>();
        INHERITED.forEach(name -> {
            String value = System.getenv(name);
            if (value != null) {
                environment.put(name, value);
            }
        });
        return new PackagedCommand(folder, List.of(DISTRIBUTION + "/bin/provision"), environment);
    }

    Path folder() {
        return folder;
    }

    PackagedCommand with(String variable, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(variable, value);
        return new PackagedCommand(folder, program, more);
    }

    PackagedCommand without(String variable) {
        Map<String, String> fewer = new HashMap<>(environment);
        fewer.remove(variable);
        return new PackagedCommand(folder, program, fewer);
    }

    /** The same with another program, or with one before it. */
    PackagedCommand as(String... words) {
        return new PackagedCommand(folder, List.of(words), environment);
    }

    Ended run(String... arguments) {
        try (RunningCommand running = start(arguments)) {
            return running.await();
        }
    }

    /** Its output goes to files, so that it never waits for a reader. */
    RunningCommand start(String... arguments) {
        List<String> words = new ArrayList<>(program);
        words.addAll(List.of(arguments));
        try {
            Path out = Files.createTempFile("provision-it-", ".out");
            Path err = Files.createTempFile("provision-it-", ".err");
            ProcessBuilder builder = new ProcessBuilder(words)
                    .directory(folder.toFile())
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().clear();
            builder.environment().putAll(environment);
            return new RunningCommand(words, builder.start(), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
