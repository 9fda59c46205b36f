package io.provision.apply;

import io.provision.journal.ChangeEntry;
import io.provision.journal.Journal;
import io.provision.journal.OpenIntent;
import io.provision.plan.Change;
import io.provision.plan.Desired;
import io.provision.plan.Mark;
import io.provision.plan.Resource;
import io.provision.plan.State;
import io.provision.plan.Store;
import io.provision.postgres.Session;
import io.provision.problem.ProvisionException;
import io.provision.volumes.FolderInspector;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out what killed runs did on the disk, and journals it as theirs, so that a rollback finds it. What they did in
 * PostgreSQL was journaled with it, or is gone; Redis forgets a validation key by itself. A folder that stands as the
 * run meant it, where none stood when it planned, is taken for the run's: nothing on the disk tells who made it. One
 * that was made on another machine's disk is not seen from here, and stays.
 */
final class Recovery {

    private final Journal journal;

    Recovery(Journal journal) {
        this.journal = journal;
    }

    /** In the transaction that stands open. */
    void close(Session session, List<OpenIntent> intents) {
        for (OpenIntent intent : intents) {
            List<ChangeEntry> done = done(intent);
            session.run(c -> journal.record(c, intent.run(), done));
            Optional<String> detail = Optional.of(done.size() + " changes were found done");
            session.run(c -> journal.close(c, intent.run(), List.of(intent.instance()), "recovered", detail));
        }
    }

    static List<ChangeEntry> done(OpenIntent intent) {
        List<ChangeEntry> outside = intent.changes().stream()
                .filter(entry -> entry.change().store() == Store.VOLUME)
                .toList();
        return outside.stream()
                .filter(entry -> stands(entry) == entry.change().after().isPresent())
                .toList();
    }

    private static Desired desired(Change change) {
        return new Desired(
                State.of(List.of(change.resource())),
                Map.of(change.target(), change.instance()),
                new Mark("recovery", change.instance(), "recovery"));
    }

    /** Where something else stands by now, or nothing can be seen, the run's folder does not. */
    private static boolean stands(ChangeEntry entry) {
        try {
            Change change = entry.change();
            Optional<Resource> found = FolderInspector.inspect(desired(change)).state().find(change.target());
            return found.isPresent() && change.resource().over(found).equals(found);
        } catch (ProvisionException barred) {
            return false;
        }
    }
}
