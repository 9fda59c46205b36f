package io.provision.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.stream.Stream;

/** One command line run in this JVM, in a folder and an environment of the test's own. */
record CommandRun(int code, String out, String err) {

    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T10:00:00Z"), ZoneOffset.UTC);

    static CommandRun in(Path directory, Map<String, String> environment, String... args) {
        return on(Terminal.NONE, directory, environment, args);
    }

    static CommandRun in(Path directory, String... args) {
        return in(directory, Map.of(), args);
    }

    static CommandRun on(Terminal terminal, Path directory, Map<String, String> environment, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandContext context = new CommandContext(new BufferedReader(new StringReader("")), new PrintWriter(out),
                new PrintWriter(err), environment, directory, CLOCK, terminal);
        int code = Main.run(context, args);
        String folder = directory.toAbsolutePath() + "/";
        return new CommandRun(code, out.toString().replace(folder, ""), err.toString().replace(folder, ""));
    }

    /** The manifest that the project ships, in the test's folder, with the files that it names. */
    static void shipManifest(Path directory) throws IOException {
        Files.copy(Path.of("instances.yaml"), directory.resolve("instances.yaml"));
        Path sql = Path.of("scripts/sql/audit-correlator");
        Files.createDirectories(directory.resolve(sql));
        try (Stream<Path> files = Files.list(sql)) {
            for (Path file : files.toList()) {
                Files.copy(file, directory.resolve(file));
            }
        }
    }

    static void manifest(Path directory, String instances) throws IOException {
        Files.writeString(directory.resolve("instances.yaml"), """
                ecosystem: test
                postgres: {url: embedded}
                redis: {url: embedded}
                """ + instances);
    }
}
