package io.provision.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real streams of a real process. */
class ClosedPipeTest {

    private static final String PROVISION = "%s -cp '%s' io.provision.cli.Main".formatted(
            ProcessHandle.current().info().command().orElse("java"), System.getProperty("java.class.path"));

    @TempDir
    private Path folder;

    @Test
    void aClosedPipeEndsItQuietly() throws Exception {
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < 3000; i++) {
            names.append(" exchange-").append(i);
        }

        String said = bash(PROVISION + " derive --service exchange-simulator" + names
                + " | head -1 | cut -c1-8; echo \"ended with ${PIPESTATUS[0]}\"");

        assertEquals("INSTANCE\nended with 0\n", said);
    }

    @Test
    void aFullDiskIsAnError() throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/full")), "no /dev/full here");

        String said = bash(PROVISION + " derive --service a-b a-X >/dev/full; echo \"ended with $?\"");

        assertEquals("error: writing the result: No space left on device\nended with 1\n", said);
    }

    @Test
    void itIsAsOtherErrorsAreWhereTheseAreJson() throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/full")), "no /dev/full here");

        String said = bash(PROVISION + " derive --log-format json --service a-b a-X >/dev/full");

        assertEquals(
                ",\"level\":\"error\",\"message\":\"writing the result: No space left on device\"}\n",
                said.replaceFirst(".*Z\"", ""));
    }

    private String bash(String script) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", script)
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        return new String(builder.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
