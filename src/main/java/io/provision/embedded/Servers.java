package io.provision.embedded;

import io.provision.problem.ProvisionException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/** Both servers of one folder, or one of them; started side by side, stopped side by side. */
record Servers(List<EmbeddedServer> all) {

    static Servers of(HomeFolder home, Set<Kind> kinds, Consumer<String> progress) {
        ServerPrograms programs = new ServerPrograms(home.binaries(), progress);
        return new Servers(kinds.stream().sorted().map(kind -> server(home, kind, programs)).toList());
    }

    private static EmbeddedServer server(HomeFolder home, Kind kind, ServerPrograms programs) {
        return switch (kind) {
            case POSTGRES -> new PostgresServer(programs::postgres, home.of(kind), Map.of());
            case REDIS -> new RedisServer(programs::redis, home.of(kind), Map.of());
        };
    }

    List<RunningServer> running() {
        return all.stream().flatMap(server -> server.running().stream()).toList();
    }

    boolean allRun() {
        return running().size() == all.size();
    }

    /** Starts those that do not run; if one does not start, none of those goes on. */
    void start() {
        Servers stopped = new Servers(all.stream().filter(server -> server.running().isEmpty()).toList());
        try {
            stopped.sideBySide(EmbeddedServer::start);
        } catch (RuntimeException e) {
            stopped.stop();
            throw e;
        }
    }

    void stop() {
        sideBySide(EmbeddedServer::stop);
    }

    /** Waits for all of them, then fails with the first failure. */
    private void sideBySide(Consumer<EmbeddedServer> work) {
        CompletableFuture<?>[] works = all.stream()
                .map(server -> CompletableFuture.runAsync(() -> work.accept(server), task -> new Thread(task).start()))
                .toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(works).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof ProvisionException failure ? failure : e;
        }
    }
}
