package io.provision.embedded;

import io.provision.embedded.EmbeddedStatus.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The embedded servers of one manifest folder as a person handles them: {@code provision embedded …}. */
public final class EmbeddedHome {

    private static final String STARTING = "starting the embedded servers";

    private final HomeFolder folder;
    private final Servers servers;
    private final Consumer<String> progress;

    /**
     * @param home {@code .provision} beside the manifest
     * @param progress told, in a few words, before something that takes seconds
     */
    public EmbeddedHome(Path home, Consumer<String> progress) {
        this.folder = new HomeFolder(home);
        this.servers = Servers.of(folder, EnumSet.allOf(Kind.class), progress);
        this.progress = progress;
    }

    /**
     * Looks; changes nothing, waits for nobody.
     *
     * @throws io.provision.problem.ProvisionException REFUSED if the folder is shut to us
     */
    public EmbeddedStatus status() {
        folder.refuseShut();
        List<RunningServer> running = servers.running();
        try {
            return new EmbeddedStatus(folder.home(), state(running), running,
                    FileTree.size(folder.of(Kind.POSTGRES)) + FileTree.size(folder.of(Kind.REDIS)));
        } catch (IOException e) {
            throw EmbeddedFailure.disk("measuring the data of the embedded servers", e);
        }
    }

    private State state(List<RunningServer> running) {
        if (running.isEmpty()) {
            return State.STOPPED;
        }
        return folder.isKept() ? State.KEPT : State.BORROWED;
    }

    /**
     * Starts both and keeps them running after this command; nothing happens if they are.
     *
     * @param wait how long to wait for a command that uses them
     * @throws io.provision.problem.ProvisionException as {@link EmbeddedServers#open} has it
     */
    public EmbeddedStatus start(Duration wait) {
        folder.prepare();
        if (folder.isKept() && servers.allRun()) {
            return status();
        }
        return alone(wait, () -> {
            if (!folder.isKept()) {
                servers.stop();
            }
            startToKeep();
        });
    }

    /** A JVM that is told to end meanwhile waits until they stand, and leaves none of them behind. */
    private void startToKeep() {
        Object standing = new Object();
        Thread hook = new Thread(() -> waitFor(standing), "stop the embedded servers");
        synchronized (standing) {
            begin(hook);
            boolean goesOn;
            try {
                startKept();
            } finally {
                goesOn = forget(hook);
            }
            if (!goesOn) {
                stopAll();
                throw EmbeddedFailure.interrupted(STARTING);
            }
        }
    }

    /** Where that cannot be noted, as on a full disk, nobody would stop them. */
    private void startKept() {
        servers.start();
        try {
            folder.keep(true);
        } catch (RuntimeException e) {
            servers.stop();
            throw e;
        }
    }

    private static void begin(Thread hook) {
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException ending) {
            throw EmbeddedFailure.interrupted(STARTING);
        }
    }

    /** @return false where the JVM is ending */
    private static boolean forget(Thread hook) {
        try {
            return Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            return false;
        }
    }

    private static void waitFor(Object standing) {
        synchronized (standing) {
            return;
        }
    }

    /**
     * Stops them, and keeps their data; nothing happens if they do not run.
     *
     * @param wait how long to wait for a command that uses them
     * @throws io.provision.problem.ProvisionException LOCKED if it goes on using them
     */
    public EmbeddedStatus stop(Duration wait) {
        return Files.isDirectory(folder.embedded()) ? alone(wait, this::stopAll) : status();
    }

    /**
     * Stops them and deletes their data, passwords and logs; the next start begins anew.
     *
     * @param wait how long to wait for a command that uses them; zero refuses at once
     * @throws io.provision.problem.ProvisionException LOCKED if it goes on using them
     */
    public EmbeddedStatus reset(Duration wait) {
        return Files.isDirectory(folder.embedded()) ? alone(wait, this::deleteAll) : status();
    }

    private void stopAll() {
        servers.stop();
        folder.keep(false);
    }

    private void deleteAll() {
        stopAll();
        try {
            FileTree.delete(folder.of(Kind.POSTGRES));
            FileTree.delete(folder.of(Kind.REDIS));
        } catch (IOException e) {
            throw EmbeddedFailure.disk("deleting the data of the embedded servers", e);
        }
    }

    private EmbeddedStatus alone(Duration wait, Runnable work) {
        Supplier<Optional<EmbeddedStatus>> attempt = () -> HomeLock.tryAlone(folder.lock()).map(lock -> {
            try (lock) {
                work.run();
                return status();
            }
        });
        return new HomeWait(folder, wait, progress).until(attempt);
    }
}
