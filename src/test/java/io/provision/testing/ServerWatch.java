package io.provision.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Ends what works in the tests' folders when their JVM is gone, however that ended: one that is killed runs no shutdown
 * hook, and neither does a fork of surefire, which halts when its Maven was killed. Where there is no {@code setsid} or
 * {@code /proc}, nothing is watched.
 */
final class ServerWatch {

    /** Its standard input ends with the JVM. A session of its own: whoever kills the JVM may kill its whole group. */
    private static final String UNTIL_THE_END = """
            cat >/dev/null
            for process in /proc/[0-9]*; do
                case $(readlink "$process/cwd") in
                    "$1"*) kill "${process#/proc/}" ;;
                esac
            done
            """;

    /** Held: the input of one that nobody refers to would be closed. */
    private static final Queue<Process> WATCHES = new ConcurrentLinkedQueue<>();

    private ServerWatch() {
    }

    /** @param prefix of the folders' absolute paths, which no other JVM's have */
    static void over(String prefix) {
        try {
            WATCHES.add(new ProcessBuilder(List.of("setsid", "sh", "-c", UNTIL_THE_END, "sh", prefix))
                    .directory(Path.of("/").toFile())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start());
        } catch (IOException noSuchProgram) {
            // The next JVM ends what it finds of this one.
            return;
        }
    }
}
