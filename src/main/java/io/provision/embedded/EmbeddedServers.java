package io.provision.embedded;

import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The embedded servers as one command uses them: started for it and stopped after it, or, when somebody keeps them
 * running, shared with other commands and left alone.
 *
 * <p>They are stopped when the JVM is told to end, too. They have sessions of their own, so that the Ctrl-C which ends
 * the command leaves them running until it has undone what it was doing; see {@link #beforeShutdown}.
 */
public final class EmbeddedServers implements AutoCloseable {

    private final HomeLock lock;
    private final Servers servers;
    private final boolean kept;
    private final Thread hook = new Thread(this::shutDown, "stop the embedded servers");
    private volatile Runnable beforeShutdown = () -> { };
    private List<RunningServer> running = List.of();
    private boolean closed;

    private EmbeddedServers(HomeLock lock, Servers servers, boolean kept) {
        this.lock = lock;
        this.servers = servers;
        this.kept = kept;
    }

    /**
     * Starts the servers, or finds those that are kept running. Servers that a killed command left behind are stopped
     * first.
     *
     * @param home {@code .provision} beside the manifest; made if it is missing
     * @param kinds which servers are needed, at least one
     * @param wait how long to wait for another command that uses them
     * @param progress told, in a few words, before something that takes seconds
     * @throws ProvisionException USAGE if this installation has none, LOCKED if another command goes on using them,
     *     UNREACHABLE if one does not start, REFUSED if the folder is not ours
     */
    public static EmbeddedServers open(Path home, Set<Kind> kinds, Duration wait, Consumer<String> progress) {
        HomeFolder folder = new HomeFolder(home);
        Servers wanted = Servers.of(folder, EnumSet.copyOf(kinds), progress);
        Servers all = Servers.of(folder, EnumSet.allOf(Kind.class), progress);
        folder.prepare();
        return new HomeWait(folder, wait, progress)
                .until(() -> join(folder, wanted).or(() -> begin(folder, wanted, all)));
    }

    /** Uses those that are kept running, beside other commands. */
    private static Optional<EmbeddedServers> join(HomeFolder folder, Servers wanted) {
        if (!folder.isKept()) {
            return Optional.empty();
        }
        return HomeLock.tryShared(folder.lock()).flatMap(lock -> {
            if (folder.isKept() && wanted.allRun()) {
                EmbeddedServers joined = new EmbeddedServers(lock, wanted, true);
                joined.running = wanted.running();
                return Optional.of(joined);
            }
            lock.close();
            return Optional.empty();
        });
    }

    private static Optional<EmbeddedServers> begin(HomeFolder folder, Servers wanted, Servers all) {
        return HomeLock.tryAlone(folder.lock()).flatMap(lock -> {
            try {
                if (folder.isKept() && !all.running().isEmpty()) {
                    // One of the pair is missing. It is kept like the other; the next attempt joins them.
                    wanted.start();
                    lock.close();
                    return Optional.empty();
                }
                folder.keep(false);
                all.stop();
                EmbeddedServers own = new EmbeddedServers(lock, wanted, false);
                own.start();
                return Optional.of(own);
            } catch (RuntimeException | Error e) {
                lock.close();
                throw e;
            }
        });
    }

    private synchronized void start() {
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException ending) {
            throw new ProvisionException(ExitCode.INTERRUPTED, Problem.error("interrupted"));
        }
        try {
            servers.start();
            running = servers.running();
        } finally {
            if (running.isEmpty()) {
                closed = true;
                forgetHook();
            }
        }
    }

    /** What psql takes, as the superuser; carries the password. */
    public String postgresUrl() {
        return url(Kind.POSTGRES);
    }

    /** What redis-cli takes, as the user {@code default}; carries the password. */
    public String redisUrl() {
        return url(Kind.REDIS);
    }

    private synchronized String url(Kind kind) {
        return running.stream()
                .filter(server -> server.kind() == kind)
                .map(RunningServer::url)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(kind.title() + " was not asked for"));
    }

    /** Whether they go on running after this command, because somebody asked for that. */
    boolean areKept() {
        return kept;
    }

    /**
     * What a JVM that is told to end does before it stops the servers: the place to wait for what is still being
     * undone.
     */
    public void beforeShutdown(Runnable undoing) {
        beforeShutdown = undoing;
    }

    private void shutDown() {
        try {
            beforeShutdown.run();
        } finally {
            close();
        }
    }

    /** Stops them, unless they are kept; a second call waits for the first and does nothing more. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (!kept) {
                servers.stop();
                forgetHook();
            }
        } finally {
            lock.close();
        }
    }

    private void forgetHook() {
        if (Thread.currentThread() == hook) {
            return;
        }
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // The hook runs already; it finds that there is nothing left to stop.
            return;
        }
    }
}
