package io.provision.apply;

import io.provision.journal.ChangeEntry;
import io.provision.plan.Change;
import io.provision.plan.Effect;
import io.provision.plan.SqlFile;
import io.provision.postgres.MoveLocks;
import io.provision.postgres.ScriptRunner;
import java.util.ArrayList;
import java.util.List;

/**
 * One instance is one transaction: its schema, grants, moves, {@code sql:} and journal rows commit together or not at
 * all. Its role was made in the {@link RolePhase}'s, and is undone where this one fails.
 */
final class InstanceWork {

    private final RunContext context;
    private final Direction direction;
    private final WorkTransaction transaction;
    private final String instance;
    private final List<String> warnings = new ArrayList<>();

    InstanceWork(RunContext context, Direction direction, WorkTransaction transaction, String instance) {
        this.context = context;
        this.direction = direction;
        this.transaction = transaction;
        this.instance = instance;
    }

    /**
     * @param changes of the instance in PostgreSQL, without those of the {@link RolePhase}
     * @param first what each try begins with
     * @param outside what was done by then for the instance on the disk and in Redis, to be journaled with it
     * @return the changes in PostgreSQL that were made
     */
    List<Change> commit(List<Change> changes, Runnable first, List<Change> outside) {
        boolean moves = changes.stream().anyMatch(MoveLocks::moves);
        return transaction.commit(
                attempt -> {
                    first.run();
                    warnings.clear();
                    List<Change> now = attempt == 1 && !moves
                            ? changes
                            : lookAgain(changes);
                    List<ChangeEntry> entries = new ArrayList<>();
                    outside.forEach(change -> entries.add(context.texts().entry(change, List.of())));
                    applyAll(now, entries);
                    proveEffects(now);
                    transaction.atEnd(context.journal().done(context.run().id(), instance, entries));
                    return now;
                },
                () -> whoHolds(changes));
    }

    /** What a look has locked is let go: whoever wants a lock that it holds would wait for what is waited for next. */
    private List<Change> lookAgain(List<Change> changes) {
        transaction.session().execute("SAVEPOINT look");
        List<Change> now = direction.again(transaction.session(), instance, changes);
        transaction.session().execute("ROLLBACK TO SAVEPOINT look");
        transaction.session().execute("RELEASE SAVEPOINT look");
        return now;
    }

    /** Locks that somebody may wait for are taken as late as can be, and all together. */
    private void applyAll(List<Change> changes, List<ChangeEntry> entries) {
        MoveLocks locks = locks(changes);
        boolean locked = MoveLocks.among(changes);
        List<Change> waiting = new ArrayList<>();
        for (Change change : changes) {
            if (isFile(change) || locked) {
                send(waiting, entries);
                entries.add(apply(change, locks));
            } else {
                waiting.add(change);
            }
        }
        send(waiting, entries);
    }

    /** Together: nothing is asked between them. */
    private void send(List<Change> waiting, List<ChangeEntry> entries) {
        warnings.addAll(context.statements().send(transaction.session(), waiting));
        waiting.forEach(change -> entries.add(context.texts().entry(change, List.of())));
        waiting.clear();
    }

    private static boolean isFile(Change change) {
        return change.resource() instanceof SqlFile && change.after().isPresent();
    }

    private MoveLocks locks(List<Change> changes) {
        return new MoveLocks(transaction.session(), changes, context.options().lockTimeout());
    }

    private List<String> whoHolds(List<Change> changes) {
        return locks(changes).holders().stream()
                .map(holder -> instance + ": " + holder)
                .toList();
    }

    private ChangeEntry apply(Change change, MoveLocks locks) {
        Change sent = locks.before(change);
        if (isFile(change)) {
            SqlFile file = (SqlFile) change.resource();
            List<Effect> effects = new ScriptRunner(transaction.session(), locks.beforeEachOfFile())
                    .run(context.texts().script(file, instance), context.texts().context(file, instance));
            return context.texts().entry(change, effects);
        }
        warnings.addAll(context.statements().send(transaction.session(), sent));
        return context.texts().entry(change, List.of());
    }

    /** GRANT without the grant option only warns, and does nothing: what was done is looked at before COMMIT. */
    private void proveEffects(List<Change> done) {
        List<String> missing = direction.missing(transaction.session(), instance, done);
        if (!missing.isEmpty()) {
            String said = warnings.isEmpty() ? "" : "; the server warned: " + String.join("; ", warnings);
            throw new EffectMissing(
                    "the statements for %s ran, and this is not so: %s%s"
                            .formatted(instance, String.join("; ", missing), said),
                    warnings.isEmpty());
        }
    }
}
