package io.provision.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command in a JVM of its own: what a test has to kill cannot be its own JVM. */
public final class ChildProvision implements AutoCloseable {

    private final Process process;

    private ChildProvision(Process process) {
        this.process = process;
    }

    public static ChildProvision start(TestEcosystem ecosystem, String... arguments) throws IOException {
        return startAt(ecosystem, ecosystem.postgresUrl(), arguments);
    }

    /** @param postgresUrl where it is to find the server */
    public static ChildProvision startAt(TestEcosystem ecosystem, String postgresUrl, String... arguments)
            throws IOException {
        return startWith(List.of(), ecosystem, postgresUrl, arguments);
    }

    /** @param before words that go before the command, such as another program that starts it */
    static ChildProvision startWith(
            List<String> before, TestEcosystem ecosystem, String postgresUrl, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-cp",
                System.getProperty("java.class.path"), "io.provision.cli.Main"));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--postgres-url", postgresUrl));
        ProcessBuilder child = new ProcessBuilder(command)
                .directory(ecosystem.folder().toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        // The same machine as the ecosystem's own commands: those judge by its disk what became of this one.
        child.environment().put("HOSTNAME", TestEcosystem.HOST);
        return new ChildProvision(child.start());
    }

    public boolean lives() {
        return process.isAlive();
    }

    /** @return the exit code, when it has ended */
    public int await() throws InterruptedException {
        return process.waitFor();
    }

    /** As {@code kill -9} does; returns when it is gone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** With SIGTERM: it may tidy up, and then ends with 143, as every JVM does. */
    public void terminate() {
        process.destroy();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
