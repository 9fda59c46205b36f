package io.provision.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.Barrier;
import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run was killed, and the next one cannot look at its folders: what it did to them stays to be found out. */
@Timeout(60)
class UnseenFoldersOfKilledRunsTest {

    private static final String OPEN = "killed exchange-okxNN";

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
    void aRemovalThatIsNotSeenIsNotTakenForDone() throws IOException {
        ecosystem.run("rollback", "--yes");
        ecosystem.init();
        ecosystem.killedLike("rollback", "here");

        Ran init;
        try (Barrier barrier = Barrier.at(disk)) {
            init = ecosystem.init("--only", "postgres");
        }

        assertEquals(List.of(), foldersOfTheKilledRun());
        assertTrue(ecosystem.openIntents().contains(ecosystem.numbered(OPEN)), init::toString);
        assertTrue(init.err().contains(ecosystem.numbered(
                "run killed on here has not ended what several instances share, exchange-okxNN; whether there are "
                        + "folders in " + folder + " cannot be seen: ")), init::toString);
        assertTrue(init.err().contains("the next `init` or `rollback` by somebody who may see that finds out"),
                init::toString);
    }

    @Test
    void theNextRunThatSeesTheFoldersFindsOut() throws IOException {
        ecosystem.run("rollback", "--yes");
        ecosystem.init();
        ecosystem.killedLike("rollback", "here");
        try (Barrier barrier = Barrier.at(disk)) {
            ecosystem.init("--only", "postgres");
        }

        Ran rollback = ecosystem.rollback();

        assertFalse(Files.exists(disk.resolve("volumes")), rollback::toString);
        assertFalse(ecosystem.openIntents().contains(ecosystem.numbered(OPEN)));
    }

    @Test
    void aFolderThatTheKilledRunMadeUnseenIsTakenBackOnceItIsSeen() throws IOException {
        ecosystem.run("rollback", "--yes");
        ecosystem.killedLike("init", "here");
        Files.createDirectories(disk.resolve(ecosystem.numbered("volumes/exchange-okxNN")));
        Path data = disk.resolve(ecosystem.numbered("volumes/exchange-okxNN/data"));
        Files.createDirectory(data);
        Files.setAttribute(data, "unix:mode", 0700);
        try (Barrier barrier = Barrier.at(disk)) {
            Ran barred = ecosystem.rollback();
            assertTrue(ecosystem.openIntents().contains(ecosystem.numbered(OPEN)), barred::toString);
        }

        Ran rollback = ecosystem.rollback();

        assertFalse(Files.exists(data), rollback::toString);
    }

    private List<String> foldersOfTheKilledRun() {
        return ecosystem.query("SELECT target FROM provision.changes WHERE run = 'killed' AND kind = 'folder'");
    }
}
