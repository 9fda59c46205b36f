package io.provision.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.provision.apply.Interruption;
import io.provision.problem.ProvisionException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SignalWatchTest {

    @Test
    void aRunThatWouldBeginWhileTheJvmEndsIsInterrupted() throws IOException {
        ProcessBuilder ending = new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"), "-XX:TieredStopAtLevel=1",
                "-cp", System.getProperty("java.class.path"), Ending.class.getName());

        Process process = ending.redirectErrorStream(true).start();

        assertEquals("INTERRUPTED: interrupted\n",
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }

    /** A JVM that begins a run when it was told to end already. */
    static final class Ending {

        private Ending() {}

        public static void main(String... args) {
            Runtime.getRuntime().addShutdownHook(new Thread(Ending::begin));
        }

        private static void begin() {
            try {
                SignalWatch.over(new Interruption(), Optional.empty()).close();
            } catch (ProvisionException e) {
                System.out.println(e.exitCode() + ": " + e.problems().get(0).message());
            }
        }
    }
}
