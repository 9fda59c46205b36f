package io.provision.apply;

import io.provision.journal.ChangeEntry;
import io.provision.journal.Journal;
import io.provision.journal.OpenIntent;
import io.provision.plan.Store;
import io.provision.postgres.Session;
import io.provision.volumes.FolderProgress;
import java.util.List;
import java.util.Optional;

/**
 * Finds out what killed runs did on the disk, and journals it as theirs, so that a rollback finds it. What they did in
 * PostgreSQL was journaled with it, or is gone; Redis forgets a validation key by itself. What
 * was done on another machine's disk is not seen from here: those intents are not closed ({@link LeftOpen}).
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

    /** What the run did outside PostgreSQL. */
    static List<ChangeEntry> done(OpenIntent intent) {
        return intent.changes().stream()
                .filter(entry -> entry.change().store() == Store.VOLUME)
                .flatMap(entry -> FolderProgress.of(entry.change()).map(entry::with).stream())
                .toList();
    }
}
