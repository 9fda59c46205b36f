package io.provision.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A server's process, known by more than its number, which the kernel gives out again. */
record ServerProcess(ProcessHandle handle) {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long PAUSE_MILLIS = 5;
    private static final int THREADS = 17;

    /**
     * The process of this number, if it is the server of this folder. Both servers work inside their data folder, which
     * stays true when the folder is moved and false of its copy; where the system does not tell (macOS, or another
     * user's process), the command line has to carry the mark.
     */
    static Optional<ServerProcess> find(long pid, Path data, String mark) {
        return ProcessHandle.of(pid)
                .filter(handle -> worksIn(pid, data).orElseGet(() -> carries(handle, mark)))
                .map(ServerProcess::new)
                .filter(ServerProcess::isAlive);
    }

    /**
     * The server of this folder, where its number was not written down, because the disk was full. The oldest of those
     * that work there; the others are its children. Looks at every process of the machine.
     *
     * @param program its name: a person's shell may work there, too
     */
    static Optional<ServerProcess> findIn(Path data, String program) {
        return ProcessHandle.allProcesses()
                .filter(handle -> runs(handle, program) && worksIn(handle.pid(), data).orElse(false))
                .min(Comparator.comparing(handle -> handle.info().startInstant().orElse(Instant.MAX)))
                .map(ServerProcess::new)
                .filter(ServerProcess::isAlive);
    }

    /** A program that was deleted since is told with a mark behind its name. */
    private static boolean runs(ProcessHandle handle, String program) {
        return handle.info().command()
                .map(path -> Path.of(path).getFileName())
                .filter(name -> name.toString().split(" ", 2)[0].equals(program))
                .isPresent();
    }

    private static Optional<Boolean> worksIn(long pid, Path data) {
        try {
            return Optional.of(Files.isSameFile(Path.of("/proc", Long.toString(pid), "cwd"), data));
        } catch (IOException untold) {
            return Optional.empty();
        }
    }

    private static boolean carries(ProcessHandle handle, String mark) {
        List<String> arguments = handle.info().arguments().map(List::of).orElse(List.of());
        return arguments.stream().anyMatch(argument -> argument.contains(mark));
    }

    long pid() {
        return handle.pid();
    }

    /** Waits for it to go; one that was asked and stays is killed, from which both servers recover. */
    void awaitEnd() throws InterruptedException {
        // ProcessHandle.onExit looks at another's child only every so often, which would cost seconds.
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (isAlive()) {
            if (System.nanoTime() > end) {
                handle.destroyForcibly();
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    /** Where the command is a container's first process, nobody reaps its orphans: a dead one keeps its number. */
    boolean isAlive() {
        return handle.isAlive() && !isDead();
    }

    /**
     * Its first thread is a zombie as soon as that one has ended; files and ports are given back by the last one, which
     * may take the system longer. proc(5), {@code /proc/pid/stat}: state is the field behind the name, and the number of
     * threads the seventeenth after that.
     */
    private boolean isDead() {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid()), "stat"));
            String[] behindName = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return behindName[0].equals("Z") && behindName[THREADS].equals("1");
        } catch (IOException untold) {
            return false;
        }
    }
}
