package io.provision.journal;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A run as the journal tells it.
 *
 * @param login the database role that it ran as
 * @param finishedAt empty while it runs, and when it was killed and nothing has recovered it yet
 * @param instances those of which something was changed, in order; {@code *} for what several share
 * @param changes how many changes were made
 */
public record RunEntry(
        Run run,
        String login,
        Instant startedAt,
        Optional<Instant> finishedAt,
        Optional<Outcome> outcome,
        List<String> instances,
        int changes) {

    /** How a run ended. */
    public enum Outcome { DONE, FAILED, INTERRUPTED, ABANDONED }

    public RunEntry {
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(login, "login");
        Objects.requireNonNull(startedAt, "startedAt");
        Objects.requireNonNull(finishedAt, "finishedAt");
        Objects.requireNonNull(outcome, "outcome");
        instances = List.copyOf(instances);
    }
}
