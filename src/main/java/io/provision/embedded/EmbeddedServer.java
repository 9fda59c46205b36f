package io.provision.embedded;

import java.util.Optional;

/** One server on one data folder, on this machine's loopback only, run as a process that outlives ours. */
public sealed interface EmbeddedServer permits PostgresServer, RedisServer {

    Kind kind();

    /**
     * Starts it and returns when it answers.
     *
     * @throws io.provision.problem.ProvisionException if it does not start, with its own last words
     */
    RunningServer start();

    /** It as it runs, whoever started it; empty if it does not. */
    Optional<RunningServer> running();

    /** Stops it, and returns when it has. Nothing happens if it does not run. */
    void stop();
}
