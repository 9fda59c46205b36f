package io.provision.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A manifest with a fault would teach Java no more than how faults are told, and every start would be slower. */
class TrainCommandTest {

    @TempDir
    private Path folder;

    @Test
    void theManifestThatIsTrainedOnCanBeRendered() throws IOException {
        Files.writeString(folder.resolve("instances.yaml"), TrainCommand.MANIFEST);

        CommandRun run = CommandRun.in(folder, "render", "all", "--to", "out");

        assertEquals(0, run.code(), run.err());
    }
}
