package io.provision.plan.rollback;

import io.provision.plan.PostgresResource.ObjectGrants;
import io.provision.plan.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was recorded of one target, added up as {@link Ledger} does, but for what counts no more, whatever is recorded
 * of it later: what it came to before it was gone, or before nothing was left of what had been given.
 */
final class Balance {

    private List<Recorded> rows = List.of();

    /** The oldest of all, where it was given up, for what names it even so. */
    private Optional<Recorded> opening = Optional.empty();

    /** Whether the tool has brought it here, and not only put it back. */
    private boolean brought;

    /** @param row later than all before it */
    void add(Recorded row) {
        brought = brought || !row.back();
        if (isChain(row) && !brought) {
            return;
        }
        append(row);
        if (mayEnd(row) && sum(rows).isEmpty()) {
            if (row.change().resource() instanceof ObjectGrants && opening.isEmpty()) {
                opening = Optional.of(rows.get(0));
            }
            rows = List.of();
        }
    }

    /** Nearly all have one. */
    private void append(Recorded row) {
        if (rows.isEmpty()) {
            rows = List.of(row);
            return;
        }
        if (rows.size() == 1) {
            rows = new ArrayList<>(rows);
        }
        rows.add(row);
    }

    /** What is gone is no later one's beginning; privileges are nobody's, where none is left given or taken. */
    private static boolean mayEnd(Recorded row) {
        return isChain(row) ? row.change().after().isEmpty() : row.back() || row.change().after().isEmpty();
    }

    private static boolean isChain(Recorded row) {
        Resource resource = row.change().resource();
        return !Privileged.covers(resource) && !(resource instanceof ObjectGrants);
    }

    /** But for the {@link #opening}. */
    int held() {
        return rows.size();
    }

    /** @param moves all that was moved, also later */
    Optional<NetChange> net(MovedSince moves) {
        return sum(rows.stream().map(moves::followed).toList());
    }

    private Optional<NetChange> sum(List<Recorded> all) {
        if (all.isEmpty()) {
            return Optional.empty();
        }
        Recorded newest = all.get(all.size() - 1);
        if (isChain(newest)) {
            return Ledger.ofChain(all);
        }
        return newest.change().resource() instanceof ObjectGrants
                ? Ledger.ofObjectGrants(opening.orElse(all.get(0)), all)
                : Ledger.ofPrivileges(all);
    }
}
