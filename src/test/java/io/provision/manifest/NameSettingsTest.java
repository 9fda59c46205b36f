package io.provision.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.naming.Identity;
import io.provision.problem.ProvisionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NameSettingsTest {

    @TempDir
    private Path folder;

    private List<NameSettings> names(String manifest, Map<String, Optional<String>> further) throws IOException {
        Path file = Files.writeString(folder.resolve("instances.yaml"), manifest);
        return ManifestReader.names(List.of(file), Map.of(), further);
    }

    @Test
    void furtherInstancesGetTheSettingsOfTheServiceWhoseStemFits() throws IOException {
        List<NameSettings> names = names("""
                defaults: {volumes: {root: data}}
                services: {cache-service: {namespace: "c:{entity}", legacy_namespaces: [old]}}
                instances: {cache-A: {}}
                """, Map.of("cache-B", Optional.empty()));

        assertEquals(List.of(Identity.of("cache-service", "cache-A"), Identity.of("cache-service", "cache-B")),
                names.stream().map(NameSettings::identity).toList());
        NameSettings further = names.get(1);
        assertEquals(Optional.of("c:{entity}"), further.overrides().namespace());
        assertEquals(List.of("old"), further.legacyNamespaces());
        assertEquals("data/cache-B/logs", further.volumes().get("logs"));
    }

    @Test
    void aServiceThatIsSaidNeedNotBeListed() throws IOException {
        List<NameSettings> names = names("""
                defaults: {naming: project-plan}
                services: {cache-service: {}}
                instances: {cache-A: {}}
                """, Map.of("x-Y", Optional.of("x-service")));

        assertEquals("project-plan", names.get(1).naming().id());
    }

    @Test
    void connectionsAreNotLookedAt() throws IOException {
        assertEquals(1, names("""
                postgres: {url: "${UNSET:?}"}
                redis: {url: [1, "${UNSET}"], acl: maybe}
                services: {cache-service: {}}
                instances: {cache-A: {}}
                """, Map.of()).size());
    }

    @Test
    void allOtherFaultsAreTold() {
        ProvisionException refused = assertThrows(ProvisionException.class, () -> names("""
                services: {cache-service: {shema: x}}
                instances: {cache-A: {schema: "${UNSET}"}, nobody: {}}
                """, Map.of("somebody-X", Optional.empty())));

        assertEquals(4, refused.problems().size(), refused.getMessage());
        assertTrue(refused.getMessage().contains("does not list `somebody-X`"), refused.getMessage());
    }
}
