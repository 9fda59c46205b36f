package io.provision.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.provision.embedded.EmbeddedStatus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job: the repository's own manifest on the embedded servers, and the shape of every document. */
class ShippedManifestIT {

    private static final String FIRST_LINE = "on PostgreSQL embedded, Redis embedded (data in .provision beside the "
            + "manifest; for trying things out, not for production)\n";

    private static final List<String> DERIVED = List.of(
            "instance", "service", "singleton", "naming", "schema", "namespace", "key_pattern", "role", "redis_user",
            "discovery_key", "volumes");

    @TempDir
    private static Path folder;

    private static Project project;
    private static Ended plan;
    private static Ended first;

    @BeforeAll
    static void init() {
        project = Project.shipped(folder);
        plan = project.run("plan", "-o", "json");
        first = project.run("init");
    }

    @AfterAll
    static void stop() {
        project.stopEmbedded();
    }

    @Test
    void initEndsWithTheTableOfSevenInstances() {
        first.expect(0);
        String masked = first.out().replaceAll("\\(run [0-9]{8}T[0-9]{6}-[0-9a-f]{8}\\)", "(run ID)");
        assertEquals(FIRST_LINE + table() + "103 changes made (run ID)\n", masked);
        assertEquals(
                List.of("the manifest has 3 warnings: `provision validate` tells them",
                        "note: audit-correlator: no table in public is called audit_correlations, audit_events, "
                                + "service_metrics, service_registrations"),
                first.err().lines().skip(first.err().lines().count() - 2).toList());
    }

    @Test
    void aSecondInitFindsNothingToDo() {
        assertEquals(
                FIRST_LINE + table() + "nothing to do: 7 instances stand as the manifest says\n",
                project.run("init").expect(0).out());
    }

    @Test
    void theServersAreStoppedAfterwards() {
        assertEquals(EmbeddedStatus.State.STOPPED, project.embedded().state());
    }

    @Test
    void thePlanIsOneDocument() {
        JsonNode document = plan.expect(0).json();

        assertEquals(
                List.of("changes", "unlisted", "unknown", "notes", "unfinished", "refused", "fingerprint", "summary"),
                Ended.keys(document));
        assertEquals(List.of("create", "alter", "move", "unchanged"), Ended.keys(document.get("summary")));
        assertEquals(103, document.get("changes").size());
        document.get("changes").forEach(change -> assertEquals(
                List.of("id", "instance", "store", "kind", "target", "forward", "inverse", "reason", "hazards"),
                Ended.keys(change)));
        List<String> stores = document.get("changes").findValuesAsText("store").stream().distinct().sorted().toList();
        assertEquals(List.of("postgres", "redis", "volume"), stores);
    }

    @Test
    void initIsOneDocumentWithTheIdsOfThePlan(@TempDir Path other) {
        Project fresh = Project.shipped(other);
        List<String> planned = fresh.run("plan", "-o", "json").expect(0).json().get("changes").findValuesAsText("id");
        JsonNode document = fresh.run("init", "-o", "json").expect(0).json();

        assertEquals(List.of("run", "ok", "applied", "kept", "failed", "warnings", "instances"), Ended.keys(document));
        assertTrue(document.get("ok").asBoolean());
        List<String> applied = new ArrayList<>();
        document.get("applied").forEach(id -> applied.add(id.asText()));
        assertEquals(planned.stream().sorted().toList(), applied.stream().sorted().toList());
        assertEquals(7, document.get("instances").size());
        document.get("instances").forEach(instance -> assertEquals(DERIVED, Ended.keys(instance)));
    }

    @Test
    void theStatusOfOneInstanceIsItsHealthRecord() {
        JsonNode record = project.command().with("ENVIRONMENT", "staging")
                .run("status", "audit-correlator", "-o", "json").expect(0).json();

        assertEquals(
                List.of("service", "instance", "status", "schema", "tables", "rows", "namespace", "keys",
                        "keys_complete", "role", "role_stands", "volume_bytes", "volumes_complete", "registered",
                        "discovery", "drift", "unknown", "environment", "version", "timestamp"),
                Ended.keys(record));
        assertEquals("healthy", record.get("status").asText());
        assertEquals(4, record.get("tables").asInt());
        assertEquals("staging", record.get("environment").asText());
    }

    @Test
    void historyTellsTheOneRunThatChangedSomething() {
        JsonNode document = project.run("history", "-o", "json").expect(0).json();

        assertEquals(List.of("runs"), Ended.keys(document));
        assertEquals(1, document.get("runs").size());
        JsonNode run = document.get("runs").get(0);
        assertEquals(
                List.of("run", "command", "started_at", "finished_at", "user", "host", "version", "manifest_sha256",
                        "outcome", "instances", "changes", "rolled_back", "rolled_back_by"),
                Ended.keys(run));
        assertEquals("done", run.get("outcome").asText());
        assertEquals(103, run.get("changes").asInt());
        assertTrue(first.out().contains(run.get("run").asText()));
    }

    @Test
    void yamlAndDeriveAreOneDocumentToo() {
        JsonNode derived = project.run("derive", "exchange-OKX", "-o", "json").expect(0).json();

        assertEquals(DERIVED, Ended.keys(derived.get("instances").get(0)));
        assertTrue(project.run("plan", "-o", "yaml").expect(0).out().startsWith("changes: []\n"));
    }

    private static String table() {
        return new Project(Path.of("src/test/resources")).read("shipped-instances.txt");
    }
}
