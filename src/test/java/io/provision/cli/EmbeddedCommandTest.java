package io.provision.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedCommandTest {

    @TempDir
    private Path folder;

    @Test
    void whereNothingRunsNothingIsMade() {
        assertEquals("The embedded servers are stopped; their data takes 0 KiB in .provision.\n",
                CommandRun.in(folder, "embedded", "status").out());
        assertEquals(0, folder.toFile().list().length);
    }

    @Test
    void startedServersPrintUrlsUntilTheyAreStopped() {
        try {
            CommandRun started = CommandRun.in(folder, "embedded", "start");

            assertEquals(0, started.code(), started.err());
            assertTrue(started.out().matches("(?s)The embedded servers run; .*\\n"
                    + "PostgreSQL  postgres(ql)?://\\S+\\nRedis       redis://\\S+\\n"), started.out());
            assertTrue(CommandRun.in(folder, "embedded", "status", "-o", "json").out()
                    .contains("\"state\": \"kept\""));
        } finally {
            assertEquals(0, CommandRun.in(folder, "embedded", "reset").code());
        }
        assertTrue(CommandRun.in(folder, "embedded", "status", "-o", "json").out().contains("\"state\": \"stopped\""));
    }

    @Test
    void whereTheyAreRefusedTheyAreNotStarted() {
        assertEquals(2, CommandRun.in(folder, "embedded", "start", "--no-embedded").code());
        assertEquals(2, CommandRun.in(folder, Map.of("PROVISION_EMBEDDED", "never"), "embedded", "start").code());
        assertEquals(2, CommandRun.in(folder, "embedded", "begin").code());
    }
}
