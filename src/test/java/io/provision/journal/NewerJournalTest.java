package io.provision.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a newer version of the tool journaled, an older one does not undo by its own rules. */
class NewerJournalTest {

    @TempDir
    private Path folder;

    private TestEcosystem ecosystem;

    @BeforeEach
    void anInstance() {
        ecosystem = TestEcosystem.in(folder).manifest("""
                services:
                  exchange-simulator: {}
                instances:
                  exchange-newerNN: {service: exchange-simulator, password: {generate: "secrets/{instance}"}}
                """);
        ecosystem.init();
    }

    @Test
    void noCommandWorksWithTheJournalOfALaterVersion() {
        ecosystem.execute("COMMENT ON SCHEMA provision IS 'provision journal 2'");

        for (String command : new String[] {
            "plan", "init", "verify", "status", "history", "rollback --yes", "rotate --yes exchange-newerNN"
        }) {
            Ran ran = ecosystem.run(command.split(" "));
            assertEquals(7, ran.exitCode(), ran::toString);
            assertTrue(ran.err().contains("the journal in the schema provision was written by a newer version of "
                    + "provision (it is marked `provision journal 2`)"), ran::toString);
            assertTrue(ran.err().contains("run that version, or a later one"), ran::toString);
        }
    }

    @Test
    void anEntryThatNobodyHereKnowsStopsTheRollback() {
        ecosystem.execute("""
                INSERT INTO provision.changes
                  (run, instance, change, store, kind, target, reason, forward, inverse, after, effects)
                SELECT run, instance, 'seal', store, 'seal', target, reason, forward, inverse,
                  jsonb_build_object('type', 'seal', 'long_text', repeat('x', 100000)), effects
                FROM provision.changes
                WHERE kind = 'schema'
                """);

        Ran ran = ecosystem.run("rollback", "--yes");

        assertEquals(7, ran.exitCode(), ran::toString);
        assertTrue(
                ran.err().contains("the journal holds what a newer version of provision has written: "
                        + "{\"type\": \"seal\", \"long_text\": \"xxx"),
                ran::toString);
        assertTrue(ran.err().length() < 2_000, ran::toString);
        assertEquals(1, ecosystem.query("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'exchange%'").size());
    }
}
