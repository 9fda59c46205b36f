package io.provision.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.embedded.EmbeddedStatus.State;
import io.provision.embedded.Kind;
import io.provision.embedded.RunningServer;
import io.provision.testing.Pause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C in the middle of a run. */
class InterruptionIT {

    @TempDir
    private Path folder;

    @Test
    void undoesWhatItWasAtAndStopsTheEmbeddedServers() {
        Project project = Project.exchanges(folder, "A");
        project.write("sql/A/V2__slow.sql", "SELECT pg_sleep(3600);\n");
        List<RunningServer> servers;
        try (RunningCommand running = project.command().start("init")) {
            while (project.embeddedUrl(Kind.POSTGRES).isEmpty() && running.lives()) {
                Pause.brief();
            }
            servers = project.embedded().servers();
            try (Database database = Database.at(project.embeddedUrl(Kind.POSTGRES).orElseThrow())) {
                database.awaitSleep(running);
            }
            assertTrue(project.has("volumes/" + project.instance("A") + "/data"));
            running.interrupt();
            Ended ended = running.await().expect(130);
            ended.showsNoInside();
            ended.prints("interrupted, and what did not come to its end was undone");
            ended.says(project.instance("A") + ": interrupted");
            ended.says("what of it was begun was undone; run the same command again");
            ended.says("not finished: " + project.instance("A"));
            assertFalse(ended.err().contains("57014"), ended::toString);
        }

        assertEquals(State.STOPPED, project.embedded().state());
        servers.forEach(server -> assertFalse(lives(server.pid()), server::toString));
        assertFalse(project.has("volumes/" + project.instance("A")));
        assertTrue(project.run("history").expect(0).out().contains("interrupted"));

        project.write("sql/A/V2__slow.sql", "SELECT 1;\n");
        project.run("init").expect(0);
        project.run("init").expect(0).prints("nothing to do");
    }

    @Test
    void leavesNothingOfTheInstanceOnAnExternalServer() {
        Servers servers = Servers.fresh();
        Project project = Project.exchanges(folder, "A");
        project.write("sql/A/V2__slow.sql", "SELECT pg_sleep(3600);\n");
        try (RunningCommand running = servers.command(project).start("init", "-o", "json");
                Database database = servers.database()) {
            database.awaitSleep(running);
            running.interrupt();
            Ended ended = running.await().expect(130);

            assertFalse(ended.json().get("ok").asBoolean());
            assertEquals("0", database.ask("SELECT count(*) FROM pg_namespace WHERE nspname = '%s'"
                    .formatted(project.schema("A"))));
            assertEquals("0", database.ask("SELECT count(*) FROM pg_roles WHERE rolname = '%s_adapter'"
                    .formatted(project.schema("A"))));
        }
    }

    @Test
    void endsARunThatWaitsForAnotherAtOnce() {
        Servers servers = Servers.fresh();
        Project project = Project.exchanges(folder, "A");
        project.write("sql/A/V2__slow.sql", "SELECT pg_sleep(3600);\n");
        try (RunningCommand first = servers.command(project).start("init"); Database database = servers.database()) {
            database.awaitSleep(first);
            try (RunningCommand second = servers.command(project).start("init", "--wait", "2h")) {
                while (!second.said().contains("waiting for provision init") && second.lives()) {
                    Pause.brief();
                }
                second.interrupt();
                // The first one sleeps on: were it waited for, this would never end.
                Ended ended = second.await().expect(130);
                ended.says("interrupted");
                assertEquals("", ended.out());
            }
            first.interrupt();
            first.await().expect(130);
        }
    }

    /** A dead process that nobody has buried yet has no command line any more. */
    private static boolean lives(long pid) {
        try {
            return !Files.readString(Path.of("/proc", Long.toString(pid), "cmdline")).isEmpty();
        } catch (IOException gone) {
            return false;
        }
    }
}
