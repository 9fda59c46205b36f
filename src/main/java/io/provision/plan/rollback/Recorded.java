package io.provision.plan.rollback;

import io.provision.plan.Change;
import io.provision.plan.Effect;
import java.util.List;
import java.util.Objects;

/**
 * A change as the journal recorded it.
 *
 * @param id larger than that of every earlier one
 * @param run the run that made it
 * @param back whether that run rolled back
 * @param host the machine that the run ran on
 * @param transaction the server's id of the transaction that recorded it, to tell what was made before and after
 * @param effects what a file of {@code sql:} did
 */
public record Recorded(
        long id, String run, boolean back, String host, String transaction, Change change, List<Effect> effects) {

    public Recorded {
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(transaction, "transaction");
        Objects.requireNonNull(change, "change");
        effects = List.copyOf(effects);
    }

    Recorded with(List<Effect> others) {
        return new Recorded(id, run, back, host, transaction, change, others);
    }
}
