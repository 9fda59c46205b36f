package io.provision.journal;

import io.provision.plan.rollback.RolledBack;
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
 * @param rolledBack what rollbacks undid of it; empty where they undid nothing
 */
public record RunEntry(
        Run run,
        String login,
        Instant startedAt,
        Optional<Instant> finishedAt,
        Optional<Outcome> outcome,
        List<String> instances,
        int changes,
        Optional<RolledBack> rolledBack) {

    /** How a run ended. */
    public enum Outcome { DONE, FAILED, INTERRUPTED, ABANDONED }

    public RunEntry {
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(login, "login");
        Objects.requireNonNull(startedAt, "startedAt");
        Objects.requireNonNull(finishedAt, "finishedAt");
        Objects.requireNonNull(outcome, "outcome");
        instances = List.copyOf(instances);
        Objects.requireNonNull(rolledBack, "rolledBack");
    }

    RunEntry with(Optional<RolledBack> undone) {
        return new RunEntry(run, login, startedAt, finishedAt, outcome, instances, changes, undone);
    }
}
