package io.provision.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.provision.embedded.EmbeddedStatus.State;
import io.provision.embedded.Kind;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

class EmbeddedCommandIT {

    @TempDir
    private Path folder;

    private Project project;

    @BeforeEach
    void write() {
        project = Project.exchanges(folder, "A");
    }

    @AfterEach
    void stop() {
        project.stopEmbedded();
    }

    @Test
    void dataStaysOverAStopAndGoesWithAReset() {
        project.run("embedded", "start").expect(0);
        try (Database postgres = Database.at(project.embeddedUrl(Kind.POSTGRES).orElseThrow());
                Jedis redis = new Jedis(URI.create(project.embeddedUrl(Kind.REDIS).orElseThrow()))) {
            postgres.run("CREATE TABLE kept ()");
            redis.set("kept", "yes");
        }
        project.run("embedded", "stop").expect(0).prints("The embedded servers are stopped;");
        assertEquals(State.STOPPED, project.embedded().state());

        project.run("embedded", "start").expect(0);
        try (Database postgres = Database.at(project.embeddedUrl(Kind.POSTGRES).orElseThrow());
                Jedis redis = new Jedis(URI.create(project.embeddedUrl(Kind.REDIS).orElseThrow()))) {
            assertEquals("0", postgres.ask("SELECT count(*) FROM kept"));
            assertEquals("yes", redis.get("kept"));
        }

        project.run("embedded", "reset").expect(0);
        assertEquals(State.STOPPED, project.embedded().state());
        assertFalse(project.has(".provision/embedded/postgres"));
    }

    @Test
    void theStatusIsADocument() {
        JsonNode stopped = project.run("embedded", "status", "-o", "json").expect(0).json();

        assertEquals(List.of("state", "home", "data_bytes", "servers"), Ended.keys(stopped));
        assertEquals("stopped", stopped.get("state").asText());
        assertEquals(0, stopped.get("servers").size());
    }

    @Test
    void startIsRefusedWhereEmbeddedServersAre() {
        project.command().with("PROVISION_EMBEDDED", "never").run("embedded", "start").expect(2)
                .saysOneError("the embedded servers are refused");
        assertFalse(project.has(".provision"));
    }

    @Test
    void anActionThatIsNoneIsTold() {
        Ended ended = project.run("embedded", "launch").expect(2);
        assertTrue(ended.err().contains("launch"), ended::toString);
    }
}
