package io.provision.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.provision.embedded.EmbeddedStatus.State;
import io.provision.embedded.Kind;
import io.provision.testing.Pause;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGKILL in the middle of a run: the next one converges, and the journal knows everything that stands. */
class KilledRunIT {

    @TempDir
    private Path folder;

    private Project project;

    @BeforeEach
    void write() {
        project = Project.exchanges(folder, "A", "B");
    }

    @AfterEach
    void stop() {
        project.stopEmbedded();
    }

    /** The folders stand then, and the transaction has not been committed. */
    @Test
    void inAFileOfAnInstance() {
        Servers servers = Servers.fresh();
        project.write("sql/A/V2__slow.sql", "SELECT pg_sleep(3600);\n");
        try (RunningCommand running = servers.command(project).start("init"); Database database = servers.database()) {
            database.awaitSleep(running);
            assertTrue(project.has("volumes/" + project.instance("A") + "/data"));
            running.kill();
        }
        project.write("sql/A/V2__slow.sql", "SELECT 1;\n");

        converges(servers);
    }

    /** The intents are committed then, and nothing else. */
    @Test
    void beforeTheRolesAreMade() {
        Servers servers = Servers.fresh();
        try (Database database = servers.database()) {
            database.run("BEGIN; LOCK TABLE pg_authid IN SHARE MODE");
            try (Database looker = servers.database();
                    RunningCommand running = servers.command(project).start("init", "--lock-timeout", "1h")) {
                looker.await(running, "SELECT count(*) > 0 FROM pg_locks WHERE relation = 'pg_authid'::regclass "
                        + "AND NOT granted");
                assertFalse(project.has("volumes/" + project.instance("A")));
                running.kill();
            }
            database.run("ROLLBACK");
        }

        converges(servers);
    }

    @Tag("full")
    @Test
    void onTheEmbeddedServers() {
        project.write("sql/A/V2__slow.sql", "SELECT pg_sleep(3600);\n");
        try (RunningCommand running = project.command().start("init")) {
            while (project.embeddedUrl(Kind.POSTGRES).isEmpty() && running.lives()) {
                Pause.brief();
            }
            try (Database database = Database.at(project.embeddedUrl(Kind.POSTGRES).orElseThrow())) {
                database.awaitSleep(running);
            }
            running.kill();
        }
        project.write("sql/A/V2__slow.sql", "SELECT 1;\n");

        project.run("init").expect(0);
        project.run("init").expect(0).prints("nothing to do: 2 instances stand as the manifest says");
        assertEquals(State.STOPPED, project.embedded().state());
    }

    private void converges(Servers servers) {
        servers.command(project).run("init").expect(0);
        servers.command(project).run("init").expect(0).prints("nothing to do: 2 instances stand as the manifest says");
        JsonNode runs = servers.command(project).run("history", "-o", "json").expect(0).json();
        assertEquals(List.of("done", "abandoned"), runs.findValuesAsText("outcome"));
        try (Database database = servers.database()) {
            for (String entity : new String[] {"A", "B"}) {
                for (String name : new String[] {"data", "logs"}) {
                    assertEquals("1", database.ask("""
                            SELECT count(*)
                            FROM provision.changes c
                            WHERE c::text LIKE '%%volumes/%s/%s%%'
                            """.formatted(project.instance(entity), name)));
                }
                assertEquals("1", database.ask("""
                        SELECT count(*)
                        FROM provision.changes c
                        WHERE kind = 'role' AND target = '%s_adapter'
                        """.formatted(project.schema(entity))));
            }
        }
    }
}
