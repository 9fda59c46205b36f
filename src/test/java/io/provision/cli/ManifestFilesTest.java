package io.provision.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.provision.manifest.Instance;
import io.provision.manifest.Manifest;
import io.provision.manifest.ManifestReader;
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
        Path file = Files.writeString(folder.resolve("instances.yaml"), """
                ecosystem: test
                redis: {url: embedded}
                services: {cache: {adapter: audit-data-adapter}}
                instances:
                  cache-B: {service: cache}
                  cache-A: {service: cache}
                  cache-C: {service: cache}
                """);
        Manifest manifest = ManifestReader.load(List.of(file), Map.of()).manifest();

        assertEquals(
                List.of("cache-B", "cache-A"),
                ManifestFiles.chosen(manifest, List.of("cache-A", "cache-B", "cache-A")).stream()
                        .map(Instance::name)
                        .toList());
    }
}
