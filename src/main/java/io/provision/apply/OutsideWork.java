package io.provision.apply;

import io.provision.plan.Change;
import io.provision.plan.Store;
import java.util.List;

/** What of an instance is not in PostgreSQL: its folders; its users and namespaces in Redis, set and tried by then. */
final class OutsideWork {

    private final UserPhase users;
    private final RunResults results;
    private final NamespacePhase namespaces;

    OutsideWork(UserPhase users, RunResults results, NamespacePhase namespaces) {
        this.users = users;
        this.results = results;
        this.namespaces = namespaces;
    }

    /**
     * @param transaction in whose guard the disk is touched
     * @param done is given what was done, also when a later change fails
     */
    void apply(WorkTransaction transaction, List<Change> changes, List<Change> done) {
        if (changes.stream().anyMatch(change -> change.store() == Store.VOLUME)) {
            transaction.alone(() -> changes.forEach(change -> apply(change, done)));
        } else {
            changes.forEach(change -> apply(change, done));
        }
    }

    private void apply(Change change, List<Change> done) {
        if (change.store() == Store.VOLUME) {
            results.applyFolder(change, done);
        } else if (change.store() == Store.REDIS) {
            users.require(change);
            namespaces.require(change);
            done.add(change);
        }
    }
}
