package io.provision.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.embedded.EmbeddedStatus.State;
import io.provision.embedded.Kind;
import io.provision.testing.Pause;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two at once: one works, the other waits, both end well. */
class TwoRunsIT {

    @TempDir
    private Path folder;

    private Project project;

    @AfterEach
    void stop() {
        project.stopEmbedded();
    }

    @Test
    void onAnExternalServer() {
        Servers servers = Servers.fresh();
        project = Project.exchanges(folder, "A");
        project.write("sql/A/V2__held.sql", "SELECT pg_advisory_xact_lock(1);\n");
        try (Database database = servers.database();
                Database looker = servers.database();
                RunningCommand one = held(servers, database, looker);
                RunningCommand other = servers.command(project).start("init")) {
            awaitWord(other, "waiting for provision init");
            database.run("COMMIT");

            one.await().expect(0).prints("changes made");
            other.await().expect(0).prints("nothing to do: 1 instance stands as the manifest says");
            assertEquals("1", looker.ask("SELECT count(*) FROM provision.runs"));
        }
    }

    private RunningCommand held(Servers servers, Database database, Database looker) {
        database.run("BEGIN; SELECT pg_advisory_xact_lock(1)");
        RunningCommand running = servers.command(project).start("init", "--lock-timeout", "1h");
        looker.await(running, """
                SELECT count(*) > 0
                FROM pg_locks
                WHERE locktype = 'advisory' AND objid = 1 AND classid = 0 AND NOT granted
                """);
        return running;
    }

    @Test
    void onTheEmbeddedServers() {
        project = Project.exchanges(folder, "A");
        try (RunningCommand one = project.command().start("init");
                RunningCommand other = project.command().start("init")) {
            List<String> outs = Stream.of(one.await().expect(0), other.await().expect(0)).map(Ended::out).toList();

            assertEquals(1, outs.stream().filter(out -> out.contains("changes made")).count(), outs::toString);
            assertEquals(1, outs.stream().filter(out -> out.contains("nothing to do")).count(), outs::toString);
        }
        assertEquals(State.STOPPED, project.embedded().state());
    }

    @Test
    void onEmbeddedServersThatAreHeldTheSecondSaysForWhomItWaits() {
        project = Project.exchanges(folder, "A");
        project.write("sql/A/V2__slow.sql", "SELECT pg_sleep(3600);\n");
        try (RunningCommand one = project.command().start("init")) {
            while (project.embeddedUrl(Kind.POSTGRES).isEmpty() && one.lives()) {
                Pause.brief();
            }
            try (Database database = Database.at(project.embeddedUrl(Kind.POSTGRES).orElseThrow())) {
                database.awaitSleep(one);
                Ended refused = project.run("init", "--wait", "0s").expect(6);
                refused.saysOneError(Long.toString(one.pid()));
                database.run("SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'PgSleep'");
            }
            one.await().expect(1);
        }
    }

    private static void awaitWord(RunningCommand command, String words) {
        while (!command.said().contains(words)) {
            assertTrue(command.lives(), () -> command.await().toString());
        }
    }
}
