package io.provision.apply;

import io.provision.journal.ChangeEntry;
import io.provision.journal.Journal;
import io.provision.journal.OpenIntent;
import io.provision.plan.Change;
import io.provision.plan.Desired;
import io.provision.plan.Mark;
import io.provision.plan.Resource;
import io.provision.plan.ResourceId;
import io.provision.plan.State;
import io.provision.plan.Store;
import io.provision.postgres.Session;
import io.provision.volumes.FolderInspector;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Finds out what killed runs did on the disk, and journals it as theirs, so that a rollback finds it. What they did in
 * PostgreSQL was journaled with it, or is gone; Redis forgets a validation key by itself.
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
            session.run(c -> journal.close(c, intent.run(), intent.instance(), "recovered", detail));
        }
    }

    private static List<ChangeEntry> done(OpenIntent intent) {
        List<ChangeEntry> outside = intent.changes().stream()
                .filter(entry -> entry.change().store() == Store.VOLUME)
                .filter(entry -> entry.change().after().isPresent())
                .toList();
        State live = FolderInspector.inspect(desired(outside)).state();
        return outside.stream().filter(entry -> stands(live, entry.change())).toList();
    }

    private static Desired desired(List<ChangeEntry> entries) {
        Map<ResourceId, Resource> resources = entries.stream()
                .map(ChangeEntry::change)
                .collect(Collectors.toMap(Change::target, Change::resource));
        return new Desired(
                State.of(resources.values()),
                resources.keySet().stream().collect(Collectors.toMap(Function.identity(), id -> Change.SHARED)),
                new Mark("recovery", Change.SHARED, "recovery"));
    }

    private static boolean stands(State live, Change change) {
        Optional<Resource> found = live.find(change.target());
        return found.isPresent() && change.resource().over(found).equals(found);
    }
}
