package io.provision.journal;

import java.util.List;
import java.util.Objects;

/**
 * What a run meant to do for an instance, and of which nobody knows whether it did.
 *
 * @param host the machine that the run was on, as the journal names it
 */
public record OpenIntent(String run, String host, String instance, List<ChangeEntry> changes) {

    public OpenIntent {
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(instance, "instance");
        changes = List.copyOf(changes);
    }
}
