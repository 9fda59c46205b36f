package io.provision.plan.rollback;

import io.provision.plan.ResourceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Adds up what the journal recorded while it is read, and forgets what was made and taken back: of a journal of many
 * runs, what stands is all that is held. It comes to what {@link Ledger#standing} of all of it would come to.
 */
public final class Balances {

    private final Map<ResourceId, Balance> byTarget = new HashMap<>();
    private final MovedSince moves = new MovedSince();
    private final Set<String> instances = new TreeSet<>();

    /** @param row recorded later than all before it */
    public void add(Recorded row) {
        instances.add(row.change().instance());
        moves.note(row);
        if (Ledger.counts(row)) {
            byTarget.computeIfAbsent(row.change().target(), target -> new Balance()).add(row);
        }
    }

    /** How many of them have not been forgotten. */
    int held() {
        return byTarget.values().stream().mapToInt(Balance::held).sum();
    }

    /** Whose it all was, {@link io.provision.plan.Change#SHARED} among them. */
    public Set<String> instances() {
        return instances;
    }

    /** What stands, the newest first; to be asked once: nothing is left here. */
    public List<NetChange> standing() {
        List<NetChange> nets = new ArrayList<>();
        byTarget.values().forEach(balance -> balance.net(moves).ifPresent(nets::add));
        byTarget.clear();
        nets.sort(Ledger.NEWEST_FIRST);
        return nets;
    }
}
