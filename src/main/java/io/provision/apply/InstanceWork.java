package io.provision.apply;

import io.provision.journal.ChangeEntry;
import io.provision.plan.Change;
import io.provision.plan.Effect;
import io.provision.plan.SqlFile;
import io.provision.postgres.MoveLocks;
import io.provision.postgres.ScriptRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
     * @param outside what was done for the instance on the disk and in Redis, to be journaled with it
     * @return the changes in PostgreSQL that were made
     */
    List<Change> commit(List<Change> changes, List<Change> outside) {
        boolean moves = changes.stream().anyMatch(MoveLocks::moves);
        return transaction.commit(
                attempt -> {
                    warnings.clear();
                    List<Change> now = attempt == 1 && !moves
                            ? changes
                            : lookAgain(changes);
                    List<ChangeEntry> entries = new ArrayList<>();
                    outside.forEach(change -> entries.add(context.texts().entry(change, List.of())));
                    applyAll(now, entries);
                    proveEffects(now);
                    transaction.session().run(c -> context.journal().record(c, context.run().id(), entries));
                    transaction.session().run(c -> context.journal().intents()
                            .close(c, context.run().id(), List.of(instance), "done", Optional.empty()));
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
        for (Change change : changes) {
            entries.add(apply(change, locks));
        }
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
        if (change.resource() instanceof SqlFile file && change.after().isPresent()) {
            List<Effect> effects = new ScriptRunner(transaction.session(), locks::boundWait)
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
