package io.provision.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.provision.manifest.Instance;
import io.provision.manifest.Manifest;
import io.provision.manifest.ManifestReader;
import io.provision.problem.ProvisionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestFilesTest {

    @TempDir
    private Path folder;

    @Test
    void instancesAreChosenOnceEachInTheManifestsOrder() throws IOException {
        assertEquals(
                List.of("cache-B", "cache-A"),
                ManifestFiles.chosen(manifest(), List.of("cache-A", "cache-B", "cache-A")).stream()
                        .map(Instance::name)
                        .toList());
    }

    @Test
    void allThatTheManifestDoesNotListAreToldInTheOrderOfTheCommandLine() throws IOException {
        Manifest manifest = manifest();

        ProvisionException refused = assertThrows(
                ProvisionException.class,
                () -> ManifestFiles.chosen(manifest, List.of("other", "cache-A", "cach-B", "cache-C", "cache-B")));

        assertEquals(
                List.of(
                        "the manifest lists no instance other: known: cache-B, cache-A, cache-C",
                        "the manifest lists no instance cach-B: did you mean `cache-B`?"),
                refused.problems().stream()
                        .map(problem -> problem.message() + ": " + problem.remedy().orElseThrow())
                        .toList());
    }

    private Manifest manifest() throws IOException {
        Path file = Files.writeString(folder.resolve("instances.yaml"), """
                ecosystem: test
                redis: {url: embedded}
                services: {cache: {adapter: audit-data-adapter}}
                instances:
                  cache-B: {service: cache}
                  cache-A: {service: cache}
                  cache-C: {service: cache}
                """);
        return ManifestReader.load(List.of(file), Map.of()).manifest();
    }
}
