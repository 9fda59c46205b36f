package io.provision.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A pg_dump that stands on this machine: of a server's version or a later one, since an earlier one refuses it. */
public record PgDump(Path program, int major) {

    private static final Path DEBIANS = Path.of("/usr/lib/postgresql");
    private static final Pattern VERSION = Pattern.compile("\\) (\\d+)");

    /** The nearest one that can read a server of this version. */
    public static Optional<PgDump> of(int server) {
        return candidates().stream()
                .filter(Files::isExecutable)
                .map(program -> new PgDump(program, version(program)))
                .filter(dump -> dump.major >= server)
                .min(Comparator.comparingInt(PgDump::major));
    }

    private static List<Path> candidates() {
        List<Path> programs = Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "pg_dump"))
                .collect(Collectors.toCollection(ArrayList::new));
        if (Files.isDirectory(DEBIANS)) {
            try (DirectoryStream<Path> versions = Files.newDirectoryStream(DEBIANS)) {
                versions.forEach(version -> programs.add(version.resolve("bin/pg_dump")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return programs;
    }

    private static int version(Path program) {
        Matcher version = VERSION.matcher(run(program.toString(), "--version"));
        return version.find() ? Integer.parseInt(version.group(1)) : 0;
    }

    /** Schema and rows of a database, without the journal, and without the word that each dump makes up anew. */
    public String text(String url) {
        return run(program.toString(), "--exclude-schema=provision", "--dbname=" + url).lines()
                .filter(line -> !line.matches("\\\\(un)?restrict .*"))
                .collect(Collectors.joining("\n"));
    }

    private static String run(String... command) {
        try {
            Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            if (code != 0) {
                throw new IllegalStateException("%s ended with %d".formatted(command[0], code));
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("waiting for " + command[0], e);
        }
    }
}
