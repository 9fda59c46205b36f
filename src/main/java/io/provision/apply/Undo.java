package io.provision.apply;

import io.provision.journal.ChangeEntry;
import io.provision.plan.Change;
import io.provision.plan.Store;
import io.provision.volumes.FolderApplier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Takes back what a run did for an instance whose transaction did not commit: its folders, and its roles. */
final class Undo {

    private final RunContext context;

    Undo(RunContext context) {
        this.context = context;
    }

    /**
     * @param outside what was done on the disk and in Redis, in order
     * @param roles what the {@link RolePhase} made for the instance, in order
     * @param why the instance failed
     * @return what could not be taken back
     */
    List<Outcome.Kept> undo(String instance, List<Change> outside, List<Change> roles, String why) {
        List<Outcome.Kept> kept = new ArrayList<>();
        reversed(outside).stream()
                .filter(change -> change.store() == Store.VOLUME)
                .forEach(change -> FolderApplier.apply(change.inverse()).ifPresent(k ->
                        kept.add(new Outcome.Kept(instance, k.folder().toString(), k.why()))));
        WorkTransaction transaction = WorkTransaction.undoing(context);
        try {
            transaction.commit(attempt -> {
                takeBack(transaction, roles);
                transaction.session().run(c ->
                        context.journal().close(c, context.run().id(), instance, "undone", Optional.of(why)));
                return true;
            });
        } finally {
            transaction.closeSession();
        }
        return kept;
    }

    private void takeBack(WorkTransaction transaction, List<Change> roles) {
        List<ChangeEntry> entries = new ArrayList<>();
        for (Change change : reversed(roles)) {
            Change inverse = change.inverse();
            context.statements().send(transaction.session(), inverse);
            entries.add(context.texts().entry(inverse, List.of()));
        }
        transaction.session().run(c -> context.journal().record(c, context.run().id(), entries));
    }

    private static List<Change> reversed(List<Change> changes) {
        List<Change> reversed = new ArrayList<>(changes);
        Collections.reverse(reversed);
        return reversed;
    }
}
