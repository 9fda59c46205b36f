package io.provision.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/**
 * A command in a JVM of its own, which opens the servers of a folder, prints a line, and closes them when it is told
 * to. What a test has to kill cannot be its own JVM.
 */
final class ChildCommand implements AutoCloseable {

    private static final String OPENED = "opened\n";
    private static final String JOINED = "joined\n";

    private final Process process;

    private ChildCommand(Process process) {
        this.process = process;
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments.length > 1) {
            new EmbeddedHome(Path.of(arguments[0]), said -> { }).start(Duration.ofMinutes(1));
            return;
        }
        try (EmbeddedServers servers = EmbeddedServers.open(Path.of(arguments[0]), EnumSet.allOf(Kind.class),
                Duration.ofMinutes(1), said -> { })) {
            System.out.print(servers.areKept() ? JOINED : OPENED);
            System.out.flush();
            System.in.read();
        }
    }

    static ChildCommand on(Path home) throws IOException {
        return on(home, System.getProperty("java.class.path"), ProcessBuilder.Redirect.INHERIT);
    }

    /** {@code embedded start}. */
    static ChildCommand starting(Path home) throws IOException {
        return run(ProcessBuilder.Redirect.INHERIT, System.getProperty("java.class.path"), home.toString(), "start");
    }

    static ChildCommand on(Path home, String classPath, ProcessBuilder.Redirect errors) throws IOException {
        return run(errors, classPath, home.toString());
    }

    private static ChildCommand run(ProcessBuilder.Redirect errors, String classPath, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java")
                .toString(), "-XX:TieredStopAtLevel=1", "-Dfile.encoding=UTF-8", "-cp", classPath));
        command.add(ChildCommand.class.getName());
        command.addAll(List.of(arguments));
        return new ChildCommand(new ProcessBuilder(command).redirectError(errors).start());
    }

    long pid() {
        return process.pid();
    }

    /** @return false if it ended instead */
    boolean awaitOpened() throws IOException {
        String line = new String(process.getInputStream().readNBytes(OPENED.length()), StandardCharsets.UTF_8);
        return line.equals(OPENED) || line.equals(JOINED);
    }

    String errors() throws IOException {
        return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Tells it to close them as soon as it has them. */
    void tellToEnd() throws IOException {
        process.getOutputStream().close();
    }

    /** Tells it to close them, and waits for its end. */
    int end() throws IOException, InterruptedException {
        tellToEnd();
        return process.waitFor();
    }

    /** SIGTERM. */
    void terminate() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    /** SIGKILL, after which it can do nothing more. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
