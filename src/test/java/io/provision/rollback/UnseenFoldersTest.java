package io.provision.rollback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.Barrier;
import io.provision.testing.ChildProvision;
import io.provision.testing.OrdinaryUser;
import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Folders that the tool made, and that a rollback cannot look at, or finds something else in the place of. */
@Timeout(60)
class UnseenFoldersTest {

    @TempDir
    private Path folder;

    private TestEcosystem ecosystem;
    private Path disk;

    @BeforeEach
    void init() throws IOException {
        disk = Files.createDirectory(folder.resolve("disk"));
        ecosystem = TestEcosystem.in(folder).manifest("""
                defaults: {volumes: {root: ./disk/volumes}}
                services: {exchange-simulator: {}}
                instances: {exchange-okxNN: {service: exchange-simulator}}
                """);
        ecosystem.init();
    }

    @Test
    void whatIsNotSeenIsNotTakenForAbsent() throws IOException {
        Ran rollback;
        try (Barrier barrier = Barrier.at(disk)) {
            rollback = ecosystem.run("rollback", "--yes");
        }

        assertEquals(1, rollback.exitCode(), rollback::toString);
        assertFalse(rollback.out().contains("another hand"), rollback::toString);
        assertTrue(rollback.out().contains(ecosystem.numbered(
                "kept: folder " + disk + "/volumes/exchange-okxNN/data of exchange-okxNN: whether there are folders in "
                        + folder + " cannot be seen: too many levels of symbolic links")), rollback::toString);
        assertEquals(List.of(), foldersTakenBack());
        assertEquals(List.of(), ecosystem.query("SELECT nspname FROM pg_namespace WHERE nspname = 'exchange_okxNN'"));
    }

    @Test
    void whoeverLeavesTheFoldersOutHasNothingToSee() throws IOException {
        try (Barrier barrier = Barrier.at(disk)) {
            assertEquals(1, ecosystem.run("rollback", "--dry-run").exitCode());
            ecosystem.rollback("--only", "postgres,redis");
        }
    }

    @Test
    void ofAnInstanceThatIsGoneThePlanTellsThatItCannotSeeThem() throws IOException {
        ecosystem.manifest("""
                services: {exchange-simulator: {}}
                instances: {exchange-otherNN: {service: exchange-simulator}}
                """);

        Ran plan;
        try (Barrier barrier = Barrier.at(disk)) {
            plan = ecosystem.run("plan");
        }

        assertTrue(plan.out().contains(ecosystem.numbered("unknown: of what the manifest does not list any more (made "
                + "for exchange-okxNN): whether there are folders in " + folder + " cannot be seen: ")),
                plan::toString);
        assertFalse(plan.out().contains("not listed any more: folder"), plan::toString);
        assertTrue(ecosystem.run("plan").out().contains("not listed any more: folder " + disk), plan::toString);
    }

    @Test
    void aLaterRollbackThatSeesItTakesItBack() throws IOException {
        try (Barrier barrier = Barrier.at(disk)) {
            ecosystem.run("rollback", "--yes");
        }

        Ran rollback = ecosystem.rollback();

        assertFalse(Files.exists(disk.resolve("volumes")), rollback::toString);
        assertTrue(ecosystem.run("rollback", "--yes").out().contains("nothing to roll back"));
    }

    @Test
    void whereNothingElseIsLeftItIsToldAllTheSame() throws IOException {
        try (Barrier barrier = Barrier.at(disk)) {
            ecosystem.run("rollback", "--yes");

            Ran again = ecosystem.run("rollback", "--yes");

            assertEquals(1, again.exitCode(), again::toString);
            assertTrue(again.out().contains("volumes/exchange-okx"), again::toString);
        }
    }

    /** The folder that bars the way stands for whoever may not look into it: it stays with what may be in it. */
    @Test
    void aFolderOfAnotherUserBarsTheWay() throws Exception {
        Path volumes = disk.resolve("volumes");
        OrdinaryUser.close(volumes);
        try (ChildProvision ordinary = OrdinaryUser.start(ecosystem, "rollback", "--yes")) {
            assertEquals(1, ordinary.await());
        }
        Files.setPosixFilePermissions(volumes, PosixFilePermissions.fromString("rwx------"));

        assertTrue(Files.exists(volumes.resolve(ecosystem.numbered("exchange-okxNN/data"))));
        assertEquals(List.of(), foldersTakenBack());
        assertEquals(List.of(), ecosystem.query("SELECT nspname FROM pg_namespace WHERE nspname = 'exchange_okxNN'"));
        Ran rollback = ecosystem.rollback();
        assertFalse(Files.exists(volumes), rollback::toString);
    }

    @Test
    void whereSomethingElseStandsAnotherHandChangedIt() throws IOException {
        Path data = disk.resolve(ecosystem.numbered("volumes/exchange-okxNN/data"));
        Files.delete(data);
        Files.createSymbolicLink(data, Files.createDirectory(folder.resolve("bigger")));

        Ran rollback = ecosystem.run("rollback", "--yes");

        assertEquals(1, rollback.exitCode(), rollback::toString);
        assertTrue(rollback.out().contains(ecosystem.numbered(
                "changed since, and skipped: folder " + data + " of exchange-okxNN: another hand changed it: "
                        + data + ", where a folder of exchange-okxNN should be, is a symbolic link")),
                rollback::toString);
        assertTrue(Files.isSymbolicLink(data));
        assertFalse(foldersTakenBack().contains(data.toString()));
    }

    @Test
    void aFolderThatIsGoneCountsAsUndone() throws IOException {
        Path data = disk.resolve(ecosystem.numbered("volumes/exchange-okxNN/data"));
        Files.delete(data);

        Ran rollback = ecosystem.run("rollback", "--yes");

        assertTrue(rollback.out().contains("it was taken away meanwhile by another hand"), rollback::toString);
        assertTrue(foldersTakenBack().contains(data.toString()));
        assertFalse(Files.exists(disk.resolve("volumes")));
    }

    private List<String> foldersTakenBack() {
        return ecosystem.query("""
                SELECT c.target
                FROM provision.changes c
                JOIN provision.runs r ON r.run = c.run
                WHERE r.command = 'rollback'
                  AND c.kind = 'folder'
                """);
    }
}
