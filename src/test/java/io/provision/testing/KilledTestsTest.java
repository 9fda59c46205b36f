package io.provision.testing;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a JVM of tests that was killed. */
@Timeout(60)
class KilledTestsTest {

    /** Its child ends when it has become a program that asks for no child, or is gone. */
    private static final String CARELESS = """
            sh -c 'while kill -0 $PPID && ! grep -q sleep /proc/$PPID/comm; do sleep 0.01; done' 2>/dev/null &
            echo $!
            exec sleep 60
            """;

    /** As tests do. */
    static final class Starting {

        private Starting() {
        }

        public static void main(String[] arguments) throws IOException, InterruptedException {
            Path folder = new TempDirInMemory().createTempDirectory(null, (ExtensionContext) null);
            RedisWithoutFiles inFolder = new RedisWithoutFiles(folder);
            System.out.println(TestRedis.shared().port());
            System.out.println(inFolder.url().replaceAll(".*:", ""));
            Thread.currentThread().join();
        }
    }

    @Tag("full")
    @Test
    void noServerGoesOn() throws Exception {
        Process tests = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Starting.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int shared;
        int inFolder;
        try (BufferedReader out = new BufferedReader(
                new InputStreamReader(tests.getInputStream(), StandardCharsets.UTF_8))) {
            shared = Integer.parseInt(out.readLine());
            inFolder = Integer.parseInt(out.readLine());
            assertTrue(answers(shared) && answers(inFolder));
        } finally {
            tests.destroyForcibly().waitFor();
        }

        while ((answers(shared) || answers(inFolder)) && !Thread.interrupted()) {
            Pause.brief();
        }
        assertFalse(answers(shared) || answers(inFolder));
    }

    @Test
    void itsFoldersAreDeletedByTheNext(@TempDir Path own) throws Exception {
        Process ended = new ProcessBuilder("sh", "-c", "exit").start();
        ended.waitFor();
        Path left = Files.createDirectories(own.resolveSibling("junit-%d-left".formatted(ended.pid())));
        Files.createFile(left.resolve("file"));

        TempDirInMemory.deleteAbandoned();

        assertFalse(Files.exists(left));
        assertTrue(Files.exists(own));
    }

    private static boolean answers(int port) {
        try {
            new Socket(InetAddress.getLoopbackAddress(), port).close();
            return true;
        } catch (IOException gone) {
            return false;
        }
    }

    private static boolean runsAProgram(long process) {
        return ProcessHandle.of(process).flatMap(handle -> handle.info().command()).isPresent();
    }

    /** Its number stays taken for as long as nobody asks how it ended: in a container that may be for ever. */
    @Test
    void oneThatNobodyBuriedIsGone() throws Exception {
        Process careless = new ProcessBuilder(List.of("sh", "-c", CARELESS)).start();
        try (BufferedReader out = new BufferedReader(
                new InputStreamReader(careless.getInputStream(), StandardCharsets.UTF_8))) {
            long unburied = Long.parseLong(out.readLine());
            while (runsAProgram(unburied) && !Thread.interrupted()) {
                Pause.brief();
            }

            assertTrue(TestFolder.isGone(unburied));
            assertTrue(ProcessHandle.of(unburied).isPresent());
            assertFalse(TestFolder.isGone(ProcessHandle.current().pid()));
        } finally {
            careless.destroyForcibly().waitFor();
        }
    }
}
