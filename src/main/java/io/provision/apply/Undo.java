package io.provision.apply;

import io.provision.journal.ChangeEntry;
import io.provision.plan.Change;
import io.provision.plan.Store;
import io.provision.problem.ProvisionException;
import io.provision.volumes.FolderApplier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Takes back what a run did for instances whose transaction did not commit: their folders, their Redis users, and their
 * roles.
 */
final class Undo {

    private static final int CHUNK = 500;

    private final RunContext context;
    private final UserPhase users;

    Undo(RunContext context, UserPhase users) {
        this.context = context;
        this.users = users;
    }

    /**
     * Nothing at all is done where another run may have taken over: the intents stay open, and whoever comes next finds
     * out what stands. So it is where Redis does not forget its users; but folders and roles go even then.
     *
     * @param instances those whose intents end with this
     * @param outside what was done on the disk, in order
     * @param roles what the {@link RolePhase} made for them, in order
     * @param why it is undone
     * @return what could not be taken back
     * @throws ProvisionException where users are left
     */
    List<Outcome.Kept> undo(Collection<String> instances, List<Change> outside, List<Change> roles, String why) {
        WorkTransaction transaction = new WorkTransaction(context);
        try {
            return undo(transaction, instances, outside, roles, why);
        } finally {
            transaction.closeSession();
        }
    }

    /** @param worker whose session does it */
    List<Outcome.Kept> undo(
            WorkTransaction worker,
            Collection<String> instances,
            List<Change> outside,
            List<Change> roles,
            String why) {
        return worker.uninterrupted(() -> takeBack(worker, instances, outside, roles, why));
    }

    private List<Outcome.Kept> takeBack(
            WorkTransaction transaction,
            Collection<String> instances,
            List<Change> outside,
            List<Change> roles,
            String why) {
        List<Outcome.Kept> kept = new ArrayList<>();
        List<Change> left = new ArrayList<>();
        List<ProvisionException> notForgotten = new ArrayList<>();
        List<Change> folders = reversed(outside).stream()
                .filter(change -> change.store() == Store.VOLUME)
                .toList();
        transaction.alone(() -> {
            undoUsers(instances, notForgotten);
            folders.forEach(change -> takeBack(change, kept, left));
        });
        List<Change> backwards = reversed(roles);
        for (int from = 0; from < backwards.size(); from += CHUNK) {
            List<Change> chunk = backwards.subList(from, Math.min(from + CHUNK, backwards.size()));
            transaction.commit(attempt -> takeBack(transaction, chunk));
        }
        if (!notForgotten.isEmpty()) {
            throw notForgotten.get(0);
        }
        transaction.commit(attempt -> close(transaction, instances, left, why));
        return kept;
    }

    private void undoUsers(Collection<String> instances, List<ProvisionException> notForgotten) {
        try {
            users.undo(instances);
        } catch (ProvisionException e) {
            notForgotten.add(e);
        }
    }

    private static void takeBack(Change folder, List<Outcome.Kept> kept, List<Change> left) {
        FolderApplier.apply(folder.inverse()).ifPresent(found -> {
            kept.add(new Outcome.Kept(folder.instance(), found.folder().toString(), found.told()));
            left.add(folder);
        });
    }

    private boolean takeBack(WorkTransaction transaction, List<Change> roles) {
        List<ChangeEntry> entries = new ArrayList<>();
        for (Change change : roles) {
            Change inverse = change.inverse();
            context.statements().send(transaction.session(), inverse);
            entries.add(context.texts().entry(inverse, List.of()));
        }
        transaction.session().run(c -> context.journal().record(c, context.run().id(), entries));
        return true;
    }

    /** What could not be taken back was done after all, and a rollback will find it. */
    private boolean close(
            WorkTransaction transaction, Collection<String> instances, List<Change> left, String why) {
        List<ChangeEntry> done = reversed(left).stream()
                .map(change -> context.texts().entry(change, List.of()))
                .toList();
        transaction.session().run(c -> context.journal().record(c, context.run().id(), done));
        transaction.session().run(c ->
                context.journal().intents().close(c, context.run().id(), instances, "undone", Optional.of(why)));
        return true;
    }

    private static List<Change> reversed(List<Change> changes) {
        List<Change> reversed = new ArrayList<>(changes);
        Collections.reverse(reversed);
        return reversed;
    }
}
