package io.provision.apply;

import io.provision.journal.Journal;
import io.provision.plan.Change;
import io.provision.plan.Desired;
import io.provision.plan.DesiredState;
import io.provision.plan.Live;
import io.provision.plan.Login;
import io.provision.plan.MoveRequest;
import io.provision.plan.Moves;
import io.provision.plan.Plan;
import io.provision.plan.Planner;
import io.provision.plan.PostgresResource.Schema;
import io.provision.plan.Resource;
import io.provision.plan.ResourceId;
import io.provision.plan.ResourceKind;
import io.provision.plan.SqlFile;
import io.provision.plan.State;
import io.provision.plan.Store;
import io.provision.plan.Unlisted;
import io.provision.plan.acl.AclNode;
import io.provision.postgres.LoginFacts;
import io.provision.postgres.PlpgsqlPrerequisites;
import io.provision.postgres.PostgresInspector;
import io.provision.postgres.Prerequisites;
import io.provision.postgres.Session;
import io.provision.postgres.ShutDatabase;
import io.provision.postgres.UnlistedQuery;
import io.provision.postgres.migration.MoveInventory;
import io.provision.volumes.FolderInspector;
import io.provision.volumes.Owners;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks at the stores and plans. Changes nothing; its transactions are READ ONLY. */
final class Surveyor {

    /** What only the journal knows to stand. */
    private static final Set<ResourceKind> JOURNALED = Set.of(ResourceKind.SQL_FILE, ResourceKind.NAMESPACE);

    private final Scope scope;
    private final Stores stores;
    private final Journal journal;
    private final String host;
    private final boolean standIn;

    /** @param host this machine, as the journal names it */
    Surveyor(Scope scope, Stores stores, Journal journal, String host) {
        this(scope, stores, journal, host, false);
    }

    private Surveyor(Scope scope, Stores stores, Journal journal, String host, boolean standIn) {
        this.scope = scope;
        this.stores = stores;
        this.journal = journal;
        this.host = host;
        this.standIn = standIn;
    }

    /** One that plans what the provisioning login would, whoever looks, and whatever that one could do about it. */
    static Surveyor standingIn(Scope scope, Stores stores, Journal journal, String host) {
        return new Surveyor(scope, stores, journal, host, true);
    }

    /** Begins to ask Redis: what {@link #survey} is to be given. Nobody else asks it until that has ended. */
    AskedUsers users() {
        return AskedUsers.begin(scope, stores, standIn);
    }

    /** @param session empty where PostgreSQL is left out: then nothing is known of what only the journal knows */
    Survey survey(Optional<Session> session, AskedUsers users) {
        return session.map(open -> withPostgres(open, users)).orElseGet(() -> withoutPostgres(users.users().result()));
    }

    private Survey withoutPostgres(LiveUsers users) {
        // The mark is written into PostgreSQL alone.
        Login nobody = new Login("", true, "");
        Desired desired = chosen(everything(nobody, users.nodes()), nobody, users.nodes());
        // Trying a namespace leaves nothing behind, and there is no journal that tells of it: it is no drift.
        State namespaces = desired.where((instance, resource) -> resource.kind() == ResourceKind.NAMESPACE).state();
        Live live = new Live(namespaces, List.of()).with(folders(desired)).with(users.live(desired));
        return new Survey(
                users.with(Planner.plan(live, desired)),
                desired,
                live.unseen(),
                Optional.empty(),
                false,
                List.of(),
                List.of(),
                Map.of());
    }

    private Survey withPostgres(Session session, AskedUsers asked) {
        session.beginReadOnly();
        try {
            return look(session, LoginFacts.read(session), asked);
        } finally {
            session.rollback();
        }
    }

    private Survey look(Session session, LoginFacts facts, AskedUsers asked) {
        Login login = standIn ? LoginFacts.provisioner(session, facts, journal.schemaName()) : facts.login();
        UserServers servers = Snapshot.whileWaiting(session, asked.servers());
        Desired everything = everything(login, servers.nodes());
        Moves moves = moves(session, facts);
        Desired wanted = chosen(everything, login, servers.nodes()).with(moves);
        BackgroundTask<Live> standing = BackgroundTask.begin(() -> asked.users().result().live(wanted));
        JournalAccess access = JournalAccess.of(session, journal);
        Live catalogs = postgres(session, facts, everything, wanted);
        Live seen = catalogs
                .with(moves)
                .with(journaled(session, wanted, catalogs.state(), access))
                .with(folders(wanted));
        ProtectionLook protections = ProtectionLook.of(session, journal, scope, access);
        Live live = seen.with(Snapshot.whileWaiting(session, standing));
        LiveUsers users = asked.users().result();
        Desired desired = users.known(wanted, servers);
        LeftOpen left = LeftOpen.NOTHING;
        if (access == JournalAccess.READABLE) {
            left = Recovery.look(session, journal, scope.manifest().ecosystem(), host, users.redis());
            live = withLeftovers(session, facts, live, everything, users);
        }
        Plan plan = users.with(TriedNamespaces.plan(live, desired, scope.manifest().byName()))
                .refusedFor(moves.refusals())
                .noting(protections.notes())
                .noting(AdoptedOwners.notes(scope, desired, catalogs.state()))
                .noting(ShutDatabase.notes(session, facts, desired.state()));
        boolean makesJournal = access == JournalAccess.ABSENT;
        return new Survey(
                standIn ? plan : refusing(session, facts, plan, makesJournal),
                desired,
                live.unseen(),
                Optional.of(facts),
                !makesJournal,
                left.found(),
                left.notes(),
                protections.toRecord());
    }

    private Plan refusing(Session session, LoginFacts facts, Plan plan, boolean makesJournal) {
        FileRunners runners = FileRunners.of(scope, plan);
        return plan.refusedFor(Prerequisites.lackingFor(session, facts, plan, journal.schemaName()))
                .refusedFor(runners.lacking(session, facts))
                .refusedFor(PlpgsqlPrerequisites.lacking(
                        session, facts.login(), makesJournal && !plan.isEmpty(), runners.any()));
    }

    private Live withLeftovers(
            Session session, LoginFacts facts, Live live, Desired everything, LiveUsers users) {
        Live all = live.with(
                new Leftovers(session, facts, journal, scope.manifest().ecosystem(), users.redis())
                        .find(everything.state().resources().keySet(), scope.stores()));
        return all.withUnlisted(remedied(all.unlisted()));
    }

    /** Of an instance that is listed, a rollback would take more than that. */
    private List<Unlisted> remedied(List<Unlisted> unlisted) {
        Set<String> listed = scope.manifest().byName().keySet();
        return unlisted.stream()
                .map(one -> one.instance().equals(Change.SHARED) || listed.contains(one.instance())
                        ? one
                        : one.with("provision rollback " + one.instance()))
                .toList();
    }

    private Moves moves(Session session, LoginFacts facts) {
        return scope.stores().contains(Store.POSTGRES)
                ? new MoveInventory(session, facts).find(scope.instances().stream().map(MoveRequest::of).toList())
                : Moves.NONE;
    }

    private Desired everything(Login login, List<AclNode> nodes) {
        return DesiredState.of(
                scope.manifest(), scope.manifest().instances(), scope.stores(), login, scope.scripts(), nodes);
    }

    /** What the named instances want, as it stands in the whole: there it is known what others share with them. */
    private Desired chosen(Desired everything, Login login, List<AclNode> nodes) {
        Desired some = scope.instances().size() == scope.manifest().instances().size()
                ? everything
                : everything.of(DesiredState.of(
                                scope.manifest(),
                                scope.instances(),
                                scope.stores(),
                                login,
                                scope.scripts(),
                                nodes)
                        .state()
                        .resources()
                        .keySet());
        return Owners.ofThisMachine().inNumbers(some);
    }

    private Live postgres(Session session, LoginFacts facts, Desired everything, Desired desired) {
        if (!scope.stores().contains(Store.POSTGRES)) {
            return Live.NOTHING;
        }
        return new Live(new PostgresInspector(session, facts, desired).state(), List.of())
                .with(new UnlistedQuery(session, desired.mark()).unlisted(everything.state().resources().keySet()));
    }

    private Live journaled(Session session, Desired desired, State catalogs, JournalAccess access) {
        if (access == JournalAccess.ABSENT) {
            return Live.NOTHING;
        }
        if (access == JournalAccess.UNREADABLE) {
            return unreadable(desired);
        }
        List<Resource> resources = new ArrayList<>();
        if (scope.stores().contains(Store.POSTGRES)) {
            session.call(journal.standing()::files).stream()
                    .filter(file -> !gone(file, desired, catalogs))
                    .forEach(resources::add);
        }
        if (scope.stores().contains(Store.REDIS)) {
            resources.addAll(session.call(journal.standing()::namespaces));
        }
        return new Live(State.of(resources), List.of());
    }

    /** What ran in a schema that another hand has dropped since went with it. */
    private static boolean gone(SqlFile file, Desired desired, State catalogs) {
        ResourceId schema = new Schema(file.schema(), "", false, Optional.empty()).id();
        return desired.state().find(schema).isPresent() && catalogs.find(schema).isEmpty();
    }

    private Live unreadable(Desired desired) {
        return new Live(
                State.EMPTY,
                List.of(),
                List.of("which sql: files have run and which namespaces were validated: the login may not read the "
                        + "journal in the schema " + journal.schemaName()),
                desired.where((instance, resource) -> JOURNALED.contains(resource.kind()))
                        .state()
                        .resources()
                        .keySet());
    }

    private Live folders(Desired desired) {
        if (!scope.stores().contains(Store.VOLUME)) {
            return Live.NOTHING;
        }
        return standIn ? FolderInspector.inspectPastBars(desired) : FolderInspector.inspect(desired);
    }
}
