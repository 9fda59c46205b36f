package io.provision.apply;

import io.provision.journal.RunEntry;
import io.provision.journal.SentChange;
import java.util.List;
import java.util.Objects;

/**
 * What one run did.
 *
 * @param changes in the order in which they were sent
 */
public record RunLog(RunEntry run, List<SentChange> changes) {

    public RunLog {
        Objects.requireNonNull(run, "run");
        changes = List.copyOf(changes);
    }
}
