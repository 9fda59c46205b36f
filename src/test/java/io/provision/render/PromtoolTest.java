package io.provision.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.manifest.Manifest;
import io.provision.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prometheus' own checker reads what is rendered for it. */
@Tag("full")
class PromtoolTest {

    private static final String ODD = """
            ecosystem: test
            postgres: {url: "postgresql://postgres/eco"}
            redis: {url: "redis://redis:6379"}
            services: {prometheus: {}, cache-service: {labels: {entity_type: 'a "$$quoted" \\ type', team: "{{ x }}",
              no: "yes", untold: ""}}}
            instances: {cache-A: {}, cache-B: {}, prometheus: {}}
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void promtoolIsHere() {
        Program.assumeInstalled("promtool");
    }

    @Test
    void configurationsAndRulesOfTheShippedManifestAreValidAndTheRulesTestsPass() throws IOException {
        assertAccepted(Rendered.shipped());
    }

    @Test
    void labelsWithEverythingInThemAreValidToo() throws IOException {
        assertAccepted(Rendered.manifest(folder, ODD));
    }

    /** A test that cannot fail would not show that the rules do anything. */
    @Test
    void rulesThatSayNothingFailTheirTests() throws IOException {
        Rendered.into(folder, Rendered.shipped(), RenderTarget.PROMETHEUS);
        Path rules = folder.resolve("prometheus/rules.yml");
        Files.writeString(rules, Files.readString(rules).replace("== 0", "== 7"));

        assertEquals(1, promtool("test", "rules", "rules.test.yml").code());
    }

    private void assertAccepted(Manifest manifest) throws IOException {
        Rendered.into(folder, manifest, RenderTarget.PROMETHEUS);

        for (Program checked : List.of(
                promtool("check", "config", "prometheus.yml"),
                promtool("check", "config", "prometheus-file-sd.yml"),
                promtool("check", "rules", "rules.yml"),
                promtool("test", "rules", "rules.test.yml"))) {
            assertEquals(0, checked.code(), checked.said());
            assertTrue(checked.said().contains("SUCCESS"), checked.said());
        }
    }

    private Program promtool(String... arguments) {
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        return Program.run(folder.resolve("prometheus"), Map.of(), command);
    }
}
