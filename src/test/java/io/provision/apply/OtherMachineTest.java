package io.provision.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run was killed on another machine: which folders it made, only that machine's disk tells. */
class OtherMachineTest {

    @TempDir
    private Path folder;

    private TestEcosystem ecosystem;

    /** Nothing stands, but for a folder that a person makes here where the killed run was to make one there. */
    @BeforeEach
    void killThere() throws IOException {
        ecosystem = TestEcosystem.in(folder).manifest("""
                services:
                  exchange-simulator: {}
                instances:
                  exchange-okxNN: {service: exchange-simulator}
                """);
        ecosystem.init();
        ecosystem.run("rollback", "--yes");
        ecosystem.execute("""
                INSERT INTO provision.runs (run, command, os_user, host, version, ecosystem, manifest_sha256)
                SELECT 'killed', 'init', os_user, 'there', version, ecosystem, manifest_sha256
                FROM provision.runs
                WHERE command = 'init';
                INSERT INTO provision.intents (run, instance, changes)
                SELECT 'killed', i.instance, i.changes
                FROM provision.intents i
                JOIN provision.runs r ON r.run = i.run
                WHERE r.command = 'init'
                  AND r.host = 'here'
                  AND i.instance = 'exchange-okxNN'
                """);
        assertFalse(ecosystem.stands("volumes/exchange-okxNN"));
        Path made = folder.resolve(ecosystem.numbered("volumes/exchange-okxNN"));
        Files.createDirectories(made.getParent());
        Files.createDirectory(made, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    @Test
    void whatStandsHereIsNotTakenForWhatItDidThere() {
        ecosystem.init();

        assertEquals(List.of(), changesOfTheKilledRun());
        assertEquals(List.of("abandoned"), ecosystem.query(
                "SELECT outcome FROM provision.run_outcomes WHERE run = 'killed'"));
        assertEquals(List.of(), outcomesOfTheKilledRun());
    }

    @Test
    void planAndInitAndRollbackSayWhereItCanBeFoundOut() {
        ecosystem.init();

        Ran plan = ecosystem.run("plan", "--detailed-exitcode");
        Ran init = ecosystem.init();
        Ran rollback = ecosystem.run("rollback", "--dry-run");

        String note = ecosystem.numbered("run killed on there has not ended exchange-okxNN; what it left on the disk "
                + "is not seen from here: the next `init` or `rollback` on there finds out");
        assertEquals(0, plan.exitCode(), plan::toString);
        assertTrue(plan.out().contains(note), plan::toString);
        assertTrue(init.out().contains("nothing to do"), init::toString);
        assertTrue(init.err().contains(note), init::toString);
        assertTrue(rollback.out().contains(note), rollback::toString);
    }

    @Test
    void theNextRunOnThatMachineFindsOut() {
        ecosystem.init();

        ecosystem.onHost("there").init();

        assertEquals(List.of("recovered"), outcomesOfTheKilledRun());
        assertFalse(changesOfTheKilledRun().isEmpty());
        assertFalse(ecosystem.run("plan").out().contains("killed"));
    }

    @Test
    void rollbackHereLeavesTheFolderThatAPersonMadeHere() {
        ecosystem.init();

        ecosystem.rollback();

        assertTrue(ecosystem.stands("volumes/exchange-okxNN"));
        assertEquals(List.of(), outcomesOfTheKilledRun());
    }

    private List<String> outcomesOfTheKilledRun() {
        return ecosystem.query("SELECT outcome FROM provision.intent_outcomes WHERE run = 'killed'");
    }

    private List<String> changesOfTheKilledRun() {
        return ecosystem.query("SELECT target FROM provision.changes WHERE run = 'killed'");
    }
}
