package io.provision.journal;

import java.util.List;
import java.util.Objects;

/** What a run meant to do for an instance, and of which nobody knows whether it did. */
public record OpenIntent(String run, String instance, List<ChangeEntry> changes) {

    public OpenIntent {
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(instance, "instance");
        changes = List.copyOf(changes);
    }
}
