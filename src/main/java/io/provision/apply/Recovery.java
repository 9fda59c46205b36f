package io.provision.apply;

import io.provision.journal.ChangeEntry;
import io.provision.journal.Journal;
import io.provision.journal.OpenIntent;
import io.provision.plan.Change;
import io.provision.plan.RedisResource.AclUser;
import io.provision.plan.ResourceId;
import io.provision.postgres.Session;
import io.provision.redis.RedisStore;
import io.provision.redis.SeenUser;
import io.provision.volumes.FolderProgress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds out what killed runs did on the disk and to Redis users, and journals it as theirs, so that a rollback finds
 * it. What they did in PostgreSQL was journaled with it, or is gone; Redis forgets a validation key by itself. A user
 * who stands as the run meant it is taken for the run's: nothing tells who made it. What was done on another machine's
 * disk is not seen from here: those intents are not asked about ({@link LeftOpen}).
 */
final class Recovery {

    private final List<OpenIntent> intents;
    private final boolean seesUsers;
    private final Map<ResourceId, SeenUser> users;

    /** @param redis asked only where a run meant to set users; where it is left out, nothing is known of them */
    Recovery(List<OpenIntent> intents, Optional<RedisStore> redis) {
        this.intents = List.copyOf(intents);
        this.seesUsers = redis.isPresent();
        this.users = redis.map(store -> store.users(intents.stream().flatMap(Recovery::users).distinct().toList()))
                .orElse(Map.of());
    }

    private static Stream<AclUser> users(OpenIntent intent) {
        return intent.changes().stream()
                .map(entry -> entry.change().resource())
                .filter(AclUser.class::isInstance)
                .map(AclUser.class::cast);
    }

    /** In the transaction that stands open. What is not seen stays open. */
    void close(Session session, Journal journal) {
        for (OpenIntent intent : intents) {
            if (!seesUsers && users(intent).findAny().isPresent()) {
                continue;
            }
            List<ChangeEntry> done = done(intent);
            session.run(c -> journal.record(c, intent.run(), done));
            Optional<String> detail = Optional.of(done.size() + " changes were found done");
            session.run(c -> journal.close(c, intent.run(), List.of(intent.instance()), "recovered", detail));
        }
    }

    /** What the run did outside PostgreSQL. */
    List<ChangeEntry> done(OpenIntent intent) {
        return intent.changes().stream()
                .flatMap(entry -> done(entry.change()).map(entry::with).stream())
                .toList();
    }

    private Optional<Change> done(Change change) {
        return switch (change.store()) {
            case VOLUME -> FolderProgress.of(change);
            case REDIS -> Optional.of(change).filter(c -> seesUsers && c.resource() instanceof AclUser && isDone(c));
            case POSTGRES -> Optional.empty();
        };
    }

    private boolean isDone(Change change) {
        Optional<SeenUser> found = Optional.ofNullable(users.get(change.target()));
        return change.after()
                .map(after -> found.filter(user -> user.means(((AclUser) after).rules())).isPresent())
                .orElse(found.isEmpty());
    }
}
