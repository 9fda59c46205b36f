package io.provision.journal;

import io.provision.plan.Change;
import io.provision.plan.Effect;
import java.util.List;
import java.util.Objects;

/**
 * A change that was made, with the texts that a person reads.
 *
 * @param forward what was sent; never a secret
 * @param inverse what undoes it
 * @param effects what a file of {@code sql:} made or changed, as the catalogs tell it
 */
public record ChangeEntry(Change change, String forward, String inverse, List<Effect> effects) {

    public ChangeEntry {
        Objects.requireNonNull(change, "change");
        Objects.requireNonNull(forward, "forward");
        Objects.requireNonNull(inverse, "inverse");
        effects = List.copyOf(effects);
    }

    /** The same entry, for a change that came out otherwise than it was meant. */
    public ChangeEntry with(Change done) {
        return new ChangeEntry(done, forward, inverse, effects);
    }
}
