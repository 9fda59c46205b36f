package io.provision.manifest;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.provision.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Manifests as the tests write them: text in, reading out, with the file's folder left out of what is told. */
final class ManifestText {

    /** The least that a manifest must say before its instances. */
    static final String HEAD = """
            ecosystem: test
            redis: {url: embedded}
            defaults: {password: {env: PASSWORD}}
            """;

    private ManifestText() {}

    static Reading read(String... files) {
        return read(Map.of(), files);
    }

    static Reading read(Map<String, String> environment, String... files) {
        try {
            Path folder = Files.createTempDirectory("manifest");
            List<Path> paths = new ArrayList<>();
            for (String file : files) {
                Path path = folder.resolve("m" + (paths.size() + 1) + ".yaml");
                Files.writeString(path, file);
                path.toFile().deleteOnExit();
                paths.add(path);
            }
            folder.toFile().deleteOnExit();
            return ManifestReader.read(paths, environment);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Manifest manifest(String... files) {
        return manifest(Map.of(), files);
    }

    static Manifest manifest(Map<String, String> environment, String... files) {
        Reading reading = read(environment, files);
        return assertInstanceOf(Reading.Read.class, reading, reading::toString).manifest();
    }

    /** Each problem as {@code file:line:column: message — remedy}, with the file's own name only. */
    static List<String> problems(Reading reading) {
        List<Problem> problems = reading instanceof Reading.Faulty faulty
                ? faulty.problems()
                : ((Reading.Read) reading).manifest().warnings();
        return told(problems);
    }

    private static List<String> told(List<Problem> problems) {
        return problems.stream().map(p -> p.toString().replaceAll("/[^ (]*/(m\\d\\.yaml)", "$1")).toList();
    }

    static List<String> errors(String... files) {
        List<Problem> problems = assertInstanceOf(Reading.Faulty.class, read(files)).problems();
        return told(problems.stream().filter(Problem::isError).toList());
    }
}
