package io.provision.apply;

import io.provision.journal.Journal;
import io.provision.plan.Desired;
import io.provision.plan.Live;
import io.provision.plan.Mark;
import io.provision.plan.RedisResource.AclUser;
import io.provision.plan.Resource;
import io.provision.plan.ResourceId;
import io.provision.plan.ResourceKind;
import io.provision.plan.State;
import io.provision.plan.Store;
import io.provision.plan.Unlisted;
import io.provision.plan.VolumeResource.Folder;
import io.provision.postgres.LoginFacts;
import io.provision.postgres.PostgresInspector;
import io.provision.postgres.Session;
import io.provision.redis.RedisStore;
import io.provision.volumes.FolderInspector;
import io.provision.volumes.FolderSight.Stands;
import io.provision.volumes.FolderSight.Unseen;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Finds what carries no mark, was made by the tool, still stands, and is not listed any more: what was granted to a
 * reader that is none now, the folders of an instance that is gone.
 */
final class Leftovers {

    private static final Set<ResourceKind> KINDS =
            Set.of(ResourceKind.SCHEMA_GRANT, ResourceKind.DEFAULT_PRIVILEGES, ResourceKind.FOLDER,
            ResourceKind.ACL_USER);

    private final Session session;
    private final LoginFacts facts;
    private final Journal journal;
    private final String ecosystem;
    private final Optional<RedisStore> redis;

    /**
     * @param ecosystem the manifest's: a journal may be that of several
     * @param redis empty where nothing is known of its users
     */
    Leftovers(
            Session session, LoginFacts facts, Journal journal, String ecosystem, Optional<RedisStore> redis) {
        this.session = session;
        this.facts = facts;
        this.journal = journal;
        this.ecosystem = ecosystem;
        this.redis = redis;
    }

    /**
     * @param listed everything that the manifest wants
     * @param stores those that are looked at
     * @return what is not listed; what cannot be looked at is told as unknown
     */
    Live find(Set<ResourceId> listed, Set<Store> stores) {
        List<ResourceKind> kinds = KINDS.stream().filter(kind -> stores.contains(kind.store())).toList();
        Map<Resource, String> made = session.call(c -> journal.standing().unlisted(c, ecosystem, kinds, listed));
        if (made.isEmpty()) {
            return Live.NOTHING;
        }
        Desired wanted = new Desired(
                State.of(made.keySet()),
                made.entrySet().stream().collect(Collectors.toMap(e -> e.getKey().id(), Map.Entry::getValue)),
                new Mark("leftovers", "*", facts.login().database()));
        SortedSet<String> unknown = new TreeSet<>();
        List<Unlisted> unlisted = standing(wanted, unknown).stream()
                .map(id -> new Unlisted(id, wanted.instanceOf(id)))
                .toList();
        return new Live(State.EMPTY, unlisted, List.copyOf(unknown), Set.of());
    }

    private SortedSet<ResourceId> standing(Desired wanted, Set<String> unknown) {
        State catalogs = new PostgresInspector(session, facts, wanted).state();
        SortedSet<ResourceId> all = new TreeSet<>(catalogs.resources().keySet());
        List<AclUser> users = wanted.state().each(AclUser.class).toList();
        redis.filter(store -> !users.isEmpty())
                .map(store -> Snapshot.whileAsking(session, () -> store.users(users)))
                .orElse(Map.of())
                .forEach((id, seen) -> all.add(id));
        // What bars the way to a folder that nobody wants is not told.
        FolderInspector.each(folders(wanted)).forEach((folder, sight) -> {
            if (sight instanceof Stands) {
                all.add(folder.id());
            } else if (sight instanceof Unseen dark) {
                unknown.add("of what the manifest does not list any more (made for %s): %s"
                        .formatted(wanted.instanceOf(folder.id()), dark.why()));
            }
        });
        return all;
    }

    private static Map<Folder, String> folders(Desired wanted) {
        return wanted.state().each(Folder.class)
                .collect(Collectors.toMap(Function.identity(), folder -> wanted.instanceOf(folder.id())));
    }
}
