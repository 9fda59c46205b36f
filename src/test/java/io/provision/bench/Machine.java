package io.provision.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Runs programs, and tells how long they took. */
final class Machine {

    private Machine() {
    }

    /** Something that is measured as a whole. */
    interface Work {
        void run() throws IOException, InterruptedException;
    }

    /** In seconds. */
    static double seconds(Work work) throws IOException, InterruptedException {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }

    /** @param log takes what it prints; told to whoever reads the failure */
    static void run(List<String> command, Map<String, String> environment, Path log)
            throws IOException, InterruptedException {
        await(start(command, environment, log), command, log);
    }

    /**
     * Runs a program, and watches its memory.
     *
     * @return the most that it had resident at a time, in MiB; a program that starts another by exec is counted as
     *     that one
     */
    static double peakMemory(List<String> command, Map<String, String> environment, Path log)
            throws IOException, InterruptedException {
        Process process = start(command, environment, log);
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        double most = 0;
        while (process.isAlive()) {
            most = Math.max(most, peak(status));
            Thread.sleep(2);
        }
        await(process, command, log);
        return most;
    }

    private static double peak(Path status) {
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024.0)
                    .findFirst()
                    .orElse(0);
        } catch (IOException | java.io.UncheckedIOException ended) {
            return 0;
        }
    }

    private static Process start(List<String> command, Map<String, String> environment, Path log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static void await(Process process, List<String> command, Path log)
            throws IOException, InterruptedException {
        if (process.waitFor() != 0) {
            throw new IOException("%s ended with %d:%n%s".formatted(
                    command, process.exitValue(), Files.readString(log, StandardCharsets.UTF_8)));
        }
    }

    /** Where a program of this name stands on the path. */
    static Optional<Path> find(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static String description() throws IOException {
        Path cpus = Path.of("/proc/cpuinfo");
        String model = !Files.exists(cpus) ? System.getProperty("os.arch") : Files.readAllLines(cpus).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.replaceFirst(".*: *", ""))
                .findFirst()
                .orElse(System.getProperty("os.arch"));
        return Runtime.getRuntime().availableProcessors() + " cores, " + model;
    }
}
