package io.provision.apply;

import io.provision.plan.Change;
import io.provision.plan.Store;
import java.util.List;

/** What of an instance is not in PostgreSQL: its folders; its users and namespaces in Redis, set and tried by then. */
final class OutsideWork {

    private final RedisWork redis;
    private final FolderWork folders;

    OutsideWork(RedisWork redis, FolderWork folders) {
        this.redis = redis;
        this.folders = folders;
    }

    /**
     * @param transaction in whose guard the disk is touched
     * @param done is given what was done, also when a later change fails
     */
    void apply(WorkTransaction transaction, List<Change> changes, List<Change> done) {
        if (touchesDisk(changes)) {
            transaction.alone(() -> apply(changes, done));
        } else {
            apply(changes, done);
        }
    }

    /**
     * The same at the beginning of the transaction that does the rest: nobody waits for what that has locked yet.
     *
     * @return to be run in each try of it
     */
    Runnable within(WorkTransaction transaction, List<Change> changes, List<Change> done) {
        if (touchesDisk(changes)) {
            return transaction.once(() -> apply(changes, done));
        }
        apply(changes, done);
        return () -> { };
    }

    private static boolean touchesDisk(List<Change> changes) {
        return changes.stream().anyMatch(change -> change.store() == Store.VOLUME);
    }

    private void apply(List<Change> changes, List<Change> done) {
        changes.forEach(change -> apply(change, done));
    }

    private void apply(Change change, List<Change> done) {
        if (change.store() == Store.VOLUME) {
            folders.apply(change, done);
        } else if (change.store() == Store.REDIS) {
            redis.require(change);
            done.add(change);
        }
    }
}
