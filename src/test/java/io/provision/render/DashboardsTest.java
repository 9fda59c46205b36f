package io.provision.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import io.provision.manifest.ManifestReader;
import io.provision.plan.acl.RedisVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DashboardsTest {

    private static final String MANIFEST = """
            ecosystem: test
            postgres: {url: embedded}
            redis: {url: embedded}
            services:
              exchange-simulator: {labels: {entity_type: exchange}}
              risk-monitor: {labels: {entity_type: risk}}
              odd-thing: {}
            instances:
              risk-monitor-LH: {service: risk-monitor}
              exchange-OKX: {}
              odd-One: {}
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"infrastructure", "entities"})
    void aDashboardIsWhatGrafanasProvisioningTakes(String key) throws IOException {
        JsonNode dashboard = dashboard(key, MANIFEST);

        try (InputStream schema = getClass().getResourceAsStream("grafana-dashboard.schema.json")) {
            Set<ValidationMessage> wrong = JsonSchemaFactory.getInstance(VersionFlag.V202012)
                    .getSchema(schema).validate(dashboard);
            assertEquals(Set.of(), wrong);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"infrastructure", "entities"})
    void noTwoPanelsShareAnIdOrAPlace(String key) throws IOException {
        Set<Integer> ids = new HashSet<>();
        Set<List<Integer>> cells = new HashSet<>();
        for (JsonNode panel : dashboard(key, MANIFEST).get("panels")) {
            JsonNode at = panel.get("gridPos");
            assertTrue(ids.add(panel.get("id").intValue()), panel.toString());
            assertTrue(at.get("x").intValue() + at.get("w").intValue() <= 24, panel.toString());
            for (int x = 0; x < at.get("w").intValue(); x++) {
                for (int y = 0; y < at.get("h").intValue(); y++) {
                    assertTrue(cells.add(List.of(at.get("x").intValue() + x, at.get("y").intValue() + y)),
                            panel.toString());
                }
            }
        }
    }

    @Test
    void aPanelKeepsItsIdWhenOthersComeBeforeIt() throws IOException {
        Map<String, Integer> before = idsByPlace(dashboard("entities", MANIFEST));

        Map<String, Integer> after = idsByPlace(dashboard("entities", MANIFEST
                .replace("  odd-thing: {}\n", "  odd-thing: {}\n  audit-correlator: {labels: {entity_type: central}}\n")
                + "  audit-correlator: {}\n  exchange-Kraken: {}\n"));

        assertTrue(after.size() > before.size());
        before.forEach((panel, id) -> assertEquals(id, after.get(panel), panel));
    }

    @Test
    void thereIsARowForEachKindOfEntityInTheirUsualOrder() throws IOException {
        List<String> rows = new ArrayList<>();
        dashboard("entities", MANIFEST).get("panels").forEach(panel -> {
            if (panel.get("type").textValue().equals("row")) {
                rows.add(panel.get("title").textValue());
            }
        });

        assertEquals(List.of("Exchanges", "Risk", "Other", "Communication between them"), rows);
    }

    @ParameterizedTest
    @ValueSource(strings = {"infrastructure", "entities"})
    void expressionsUseOnlyVariablesThatThereAreAndGrafanasOwn(String key) throws IOException {
        JsonNode dashboard = dashboard(key, MANIFEST.replace("entity_type: risk", "entity_type: $$kind"));
        Set<String> known = new TreeSet<>(Set.of("__rate_interval"));
        dashboard.get("templating").get("list").forEach(variable -> known.add(variable.get("name").textValue()));
        Set<String> used = new TreeSet<>();
        for (JsonNode target : dashboard.findValues("expr")) {
            Matcher variable = Pattern.compile("\\$\\{?(\\w+)").matcher(target.textValue());
            while (variable.find()) {
                used.add(variable.group(1));
            }
        }

        assertFalse(used.isEmpty());
        assertTrue(known.containsAll(used), used + " of " + known);
    }

    @Test
    void eachViewLeadsToTheOther() throws IOException {
        JsonNode infrastructure = dashboard("infrastructure", MANIFEST);
        JsonNode entities = dashboard("entities", MANIFEST);

        assertEquals("/d/test-entities", infrastructure.get("links").get(0).get("url").textValue());
        assertEquals("test-entities", entities.get("uid").textValue());
        assertEquals("/d/test-infrastructure", entities.get("links").get(0).get("url").textValue());
        assertEquals("test-infrastructure", infrastructure.get("uid").textValue());
    }

    @Test
    void aLongEcosystemsNameGivesUidsThatGrafanaTakesAndThatDiffer() throws IOException {
        String name = "an-ecosystem-whose-name-is-much-longer-than-40";
        String one = dashboard("entities", MANIFEST.replace(" test", " " + name + "-a")).get("uid").textValue();
        String other = dashboard("entities", MANIFEST.replace(" test", " " + name + "-b")).get("uid").textValue();

        assertTrue(one.matches("[a-z0-9-]{1,40}"), one);
        assertFalse(one.equals(other), one);
    }

    private static Map<String, Integer> idsByPlace(JsonNode dashboard) {
        Map<String, Integer> ids = new HashMap<>();
        String row = "";
        for (JsonNode panel : dashboard.get("panels")) {
            row = panel.get("type").textValue().equals("row") ? panel.get("title").textValue() : row;
            ids.put(row + "/" + panel.get("title").textValue(), panel.get("id").intValue());
        }
        return ids;
    }

    private JsonNode dashboard(String key, String manifest) throws IOException {
        Path file = folder.resolve("instances.yaml");
        Files.writeString(file, manifest);
        Rendering rendering = new Rendering(ManifestReader.load(List.of(file), Map.of()).manifest(), List.of(),
                RedisVersion.V7_0, Rendered::noSql);
        return new ObjectMapper().readTree(rendering.artefacts(List.of(RenderTarget.GRAFANA)).stream()
                .filter(artefact -> artefact.path().equals("grafana/" + key + ".json"))
                .findFirst().orElseThrow().text());
    }
}
