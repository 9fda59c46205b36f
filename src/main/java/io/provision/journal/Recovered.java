package io.provision.journal;

import java.util.List;
import java.util.Objects;

/**
 * What was found out of a killed run.
 *
 * @param done what of the intent it did outside PostgreSQL, and is not in the journal yet
 * @param whole whether nothing else of the intent is to be found out
 */
public record Recovered(OpenIntent intent, List<ChangeEntry> done, boolean whole) {

    public Recovered {
        Objects.requireNonNull(intent, "intent");
        done = List.copyOf(done);
    }
}
