package io.provision.apply;

import io.provision.journal.ChangeEntry;
import io.provision.journal.Journal;
import io.provision.journal.OpenIntent;
import io.provision.journal.Recovered;
import io.provision.plan.Change;
import io.provision.plan.RedisResource.AclUser;
import io.provision.plan.ResourceId;
import io.provision.plan.Store;
import io.provision.plan.acl.AclNode;
import io.provision.postgres.Session;
import io.provision.redis.RedisStore;
import io.provision.redis.SeenUser;
import io.provision.volumes.FolderProgress;
import io.provision.volumes.FolderProgress.Nothing;
import io.provision.volumes.FolderProgress.Reached;
import io.provision.volumes.FolderProgress.Unseen;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds out what killed runs did on the disk and to Redis users, so that it is journaled as theirs and a rollback finds
 * it. What they did in PostgreSQL was journaled with it, or is gone; Redis forgets a validation key by itself. A user
 * who stands as the run meant it is taken for the run's: nothing tells who made it. What was done on another machine's
 * disk is not seen from here, nor are folders that cannot be looked at, nor users that are left out: that part of an
 * intent stays open.
 */
final class Recovery {

    private final String host;
    private final Map<String, Set<ResourceId>> foundOut;
    private final Map<Change, FolderProgress> folders;
    private final boolean seesUsers;
    private final Set<String> nodes;
    private final Map<ResourceId, SeenUser> users;

    private Recovery(
            List<OpenIntent> intents,
            Map<String, Set<ResourceId>> foundOut,
            String host,
            Optional<RedisStore> redis) {
        this.host = host;
        this.foundOut = foundOut;
        this.folders = intents.stream()
                .filter(intent -> intent.host().equals(host))
                .flatMap(intent -> open(intent).stream())
                .map(ChangeEntry::change)
                .filter(change -> change.store() == Store.VOLUME)
                .distinct()
                .collect(Collectors.toMap(Function.identity(), FolderProgress::of));
        this.seesUsers = redis.isPresent();
        List<AclUser> wanted = intents.stream()
                .flatMap(intent -> open(intent).stream())
                .map(entry -> entry.change().resource())
                .filter(AclUser.class::isInstance)
                .map(AclUser.class::cast)
                .distinct()
                .toList();
        this.nodes = redis.filter(store -> !wanted.isEmpty()).stream()
                .flatMap(store -> store.aclNodesSeen().stream())
                .map(AclNode::name)
                .collect(Collectors.toSet());
        this.users = redis.map(store -> store.users(wanted)).orElse(Map.of());
    }

    /**
     * Looks, and changes nothing.
     *
     * @param ecosystem whose runs
     * @param host this machine, as the journal names it
     * @param redis asked only where a run meant to set users; empty where they are left out
     */
    static LeftOpen look(
            Session session, Journal journal, String ecosystem, String host, Optional<RedisStore> redis) {
        List<OpenIntent> all = session.call(c -> journal.intents().open(c, ecosystem));
        if (all.isEmpty()) {
            return LeftOpen.NOTHING;
        }
        List<OpenIntent> rotations = all.stream().filter(OpenIntent::rotates).toList();
        List<OpenIntent> intents = all.stream().filter(intent -> !intent.rotates()).toList();
        Map<String, Set<ResourceId>> foundOut = session.call(journal.intents()::foundOut);
        Recovery recovery = Snapshot.whileAsking(session, () -> new Recovery(intents, foundOut, host, redis));
        List<OpenIntent> otherDisk = intents.stream().filter(recovery::isOnAnotherDisk).toList();
        Map<OpenIntent, String> barred = recovery.barred(intents);
        List<OpenIntent> notAsked = intents.stream().filter(recovery::isNotAsked).toList();
        Set<OpenIntent> dark = Stream.of(otherDisk, barred.keySet(), notAsked)
                .flatMap(Collection::stream)
                .collect(Collectors.toSet());
        List<Recovered> found = new ArrayList<>();
        for (OpenIntent intent : intents) {
            boolean whole = !dark.contains(intent);
            List<ChangeEntry> done = recovery.done(intent);
            if (whole || !done.isEmpty()) {
                found.add(new Recovered(intent, done, whole));
            }
        }
        return LeftOpen.of(found, rotations, otherDisk, barred, notAsked)
                .ending(KilledRotations.look(session, rotations, redis)::isOver);
    }

    private boolean isOnAnotherDisk(OpenIntent intent) {
        return !intent.host().equals(host)
                && open(intent).stream().anyMatch(entry -> entry.change().store() == Store.VOLUME);
    }

    /** Those whose folders here cannot all be looked at, in their order, and why. */
    private Map<OpenIntent, String> barred(List<OpenIntent> intents) {
        Map<OpenIntent, String> barred = new LinkedHashMap<>();
        for (OpenIntent intent : intents) {
            open(intent).stream()
                    .map(entry -> progress(intent, entry.change()))
                    .filter(Unseen.class::isInstance)
                    .findFirst()
                    .ifPresent(unseen -> barred.put(intent, ((Unseen) unseen).why()));
        }
        return barred;
    }

    /** Nothing, where it is on another machine, or is no folder. */
    private FolderProgress progress(OpenIntent intent, Change change) {
        return intent.host().equals(host) ? folders.getOrDefault(change, new Nothing()) : new Nothing();
    }

    private boolean isNotAsked(OpenIntent intent) {
        return !seesUsers && open(intent).stream().anyMatch(entry -> entry.change().resource() instanceof AclUser);
    }

    private List<ChangeEntry> open(OpenIntent intent) {
        Set<ResourceId> known = foundOut.getOrDefault(intent.run(), Set.of());
        return intent.changes().stream().filter(entry -> !known.contains(entry.change().target())).toList();
    }

    private List<ChangeEntry> done(OpenIntent intent) {
        return open(intent).stream()
                .flatMap(entry -> done(intent, entry.change()).map(entry::with).stream())
                .toList();
    }

    private Optional<Change> done(OpenIntent intent, Change change) {
        return switch (change.store()) {
            case VOLUME -> progress(intent, change) instanceof Reached reached
                    ? Optional.of(reached.change())
                    : Optional.empty();
            case REDIS -> Optional.of(change)
                    .filter(c -> seesUsers && c.resource() instanceof AclUser user && isDone(c, user));
            case POSTGRES -> Optional.empty();
        };
    }

    /** On a server that has left nobody can look: a journal that knows too much is safer than one that forgets. */
    private boolean isDone(Change change, AclUser user) {
        if (!nodes.contains(user.node())) {
            return change.after().isPresent();
        }
        Optional<SeenUser> found = Optional.ofNullable(users.get(change.target()));
        return change.after()
                .map(after -> found.filter(seen -> seen.means(((AclUser) after).rules())).isPresent())
                .orElse(found.isEmpty());
    }
}
