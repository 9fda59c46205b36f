package io.provision.journal;

import java.time.Instant;
import java.util.Objects;

/**
 * A change as a run sent it.
 *
 * @param number of its entry in the journal
 * @param store as {@link io.provision.plan.Store#id}
 * @param change its id, as in a plan
 * @param forward what was sent, or a comment on it
 */
public record SentChange(
        long number,
        String instance,
        String store,
        String kind,
        String target,
        String change,
        String reason,
        String forward,
        Instant doneAt) {

    public SentChange {
        Objects.requireNonNull(instance, "instance");
        Objects.requireNonNull(store, "store");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(change, "change");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(forward, "forward");
        Objects.requireNonNull(doneAt, "doneAt");
    }
}
