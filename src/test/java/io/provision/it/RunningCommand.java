package io.provision.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command that has not ended yet. */
final class RunningCommand implements AutoCloseable {

    /** After which it hangs; nothing here takes a tenth of it. */
    private static final long PATIENCE_SECONDS = 120;

    private final List<String> words;
    private final Process process;
    private final Path out;
    private final Path err;

    RunningCommand(List<String> words, Process process, Path out, Path err) {
        this.words = words;
        this.process = process;
        this.out = out;
        this.err = err;
    }

    long pid() {
        return process.pid();
    }

    boolean lives() {
        return process.isAlive();
    }

    /** What it said so far on standard error. */
    String said() {
        return read(err);
    }

    /** SIGINT, as Ctrl-C sends it. */
    void interrupt() {
        try {
            new ProcessBuilder("kill", "-INT", Long.toString(pid())).inheritIO().start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** SIGKILL, after which it can do nothing more. */
    Ended kill() {
        process.destroyForcibly();
        return await();
    }

    Ended await() {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("%s hangs: %s".formatted(words, new Ended(-1, read(out), read(err))));
            }
            return new Ended(process.exitValue(), read(out), read(err));
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static AssertionError interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new AssertionError("the test was interrupted", e);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor();
            Files.deleteIfExists(out);
            Files.deleteIfExists(err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
