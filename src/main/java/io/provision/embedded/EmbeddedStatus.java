package io.provision.embedded;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * How the embedded servers of one manifest folder stand.
 *
 * @param home the folder that their data is kept below
 * @param servers those that run, PostgreSQL first
 * @param dataBytes what they take on disk
 */
public record EmbeddedStatus(Path home, State state, List<RunningServer> servers, long dataBytes) {

    public enum State {
        /** Nothing runs. */
        STOPPED,
        /** Started by a command, and stopped when it ends. */
        BORROWED,
        /** Kept running until {@code embedded stop}. */
        KEPT
    }

    public EmbeddedStatus {
        Objects.requireNonNull(home, "home");
        Objects.requireNonNull(state, "state");
        servers = List.copyOf(servers);
    }
}
