package io.provision.apply;

import io.provision.journal.ChangeEntry;
import io.provision.journal.Journal;
import io.provision.journal.Recovered;
import io.provision.manifest.Instance;
import io.provision.plan.Change;
import io.provision.plan.PostgresResource.Role;
import io.provision.plan.State;
import io.provision.plan.rollback.Ledger;
import io.provision.plan.rollback.NetChange;
import io.provision.plan.rollback.Recorded;
import io.provision.plan.rollback.Reversal;
import io.provision.plan.rollback.RollbackPlan;
import io.provision.plan.rollback.Selection;
import io.provision.plan.rollback.Standing;
import io.provision.postgres.LoginFacts;
import io.provision.postgres.Prerequisites;
import io.provision.postgres.Session;
import io.provision.postgres.rollback.CopiedSchemasQuery;
import io.provision.postgres.rollback.RowsLook;
import io.provision.postgres.rollback.SessionsQuery;
import io.provision.postgres.rollback.StandingQuery;
import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import io.provision.redis.RedisStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the journal, looks at what stands of it, and plans its way back. Changes nothing. */
final class RollbackSurveyor {

    private final Scope scope;
    private final Set<String> listed;
    private final Optional<RedisStore> redis;
    private final Journal journal;
    private final RollbackRequest request;
    private final String host;

    /**
     * @param redis where users are looked at; empty where they are left out
     * @param host this machine, as the journal names it
     */
    RollbackSurveyor(
            Scope scope, Optional<RedisStore> redis, Journal journal, RollbackRequest request, String host) {
        this.scope = scope;
        this.listed = scope.manifest().byName().keySet();
        this.redis = redis;
        this.journal = journal;
        this.request = request;
        this.host = host;
    }

    /** @throws ProvisionException with {@link ExitCode#USAGE} where a name or a run is none that the journal knows */
    RollbackSurvey survey(Session session) {
        session.beginReadOnly();
        try {
            LoginFacts facts = LoginFacts.read(session);
            LeftOpen left = LeftOpen.NOTHING;
            List<Recorded> recorded = List.of();
            Set<String> journaled = Set.of();
            boolean protectionsKnown = true;
            if (session.call(journal::stands)) {
                JournalAccess.require(session, journal);
                recorded = new ArrayList<>(
                        session.call(c -> journal.changes().of(c, scope.manifest().ecosystem())));
                protectionsKnown = session.call(journal.protections()::readable);
                if (protectionsKnown) {
                    journaled = session.call(c -> journal.protections().of(c, scope.manifest().ecosystem()));
                }
                left = Recovery.look(session, journal, scope.manifest().ecosystem(), host, redis);
                addLeft(recorded, left.found());
            }
            Set<String> shielded = shielded(journaled);
            requireKnown(recorded, protectionsKnown ? journaled : request.unprotected());
            Selection selection = Selection.of(recorded, request.names(), request.run(), scope.stores());
            FolderLook folders = new FolderLook(selection.nets(), host);
            UserLook users = Snapshot.whileAsking(session, () -> new UserLook(folders.seen(), redis));
            Standing standing = folders.addTo(new StandingQuery(session, facts).of(users.seen()))
                    .with(State.of(users.standing()));
            session.rollback();
            session.beginLooking();
            standing = standing.with(new RowsLook(session).without(standing.objects()));
            RollbackPlan rollback = Reversal.plan(
                    users.seen(), selection.staying(), standing, request.discardData());
            rollback = folders.sized(rollback)
                    .with(folders.unseen(), folders.changed())
                    .with(users.elsewhere(), selection.skipped())
                    .noting(undoneBefore(recorded))
                    .noting(left.notesWithout(this::isWholly))
                    .noting(new SessionsQuery(session).notes(droppedRoles(rollback)))
                    .noting(protectionsKnown ? List.of() : List.of(ProtectionLook.unreadable(journal)))
                    .refusedFor(refusals(session, facts, rollback, shielded))
                    .refusedFor(protectionsKnown ? List.of() : perhapsProtected(rollback));
            return new RollbackSurvey(rollback, selection, facts, left.found());
        } finally {
            session.rollback();
        }
    }

    /** What killed runs did outside PostgreSQL is not in the journal; a run that changes something writes it there. */
    private static void addLeft(List<Recorded> recorded, List<Recovered> left) {
        long id = recorded.stream().mapToLong(Recorded::id).max().orElse(0);
        for (Recovered found : left) {
            for (ChangeEntry entry : found.done()) {
                recorded.add(new Recorded(++id, found.intent().run(), false, "", "0", entry.change(), List.of()));
            }
        }
    }

    /** Whether all of an instance is rolled back. */
    private boolean isWholly(String instance) {
        return request.run().isEmpty() && (request.names().isEmpty() || request.names().contains(instance));
    }

    private static Map<String, String> droppedRoles(RollbackPlan rollback) {
        return rollback.plan().changes().stream()
                .filter(change -> change.resource() instanceof Role && change.after().isEmpty())
                .collect(Collectors.toMap(change -> ((Role) change.resource()).name(), Change::instance));
    }

    private List<String> undoneBefore(Collection<Recorded> recorded) {
        return request.run().filter(run -> Ledger.standingOf(recorded, run).isEmpty()).stream()
                .map("run %s was rolled back already; nothing to do"::formatted)
                .toList();
    }

    private void requireKnown(Collection<Recorded> recorded, Set<String> journaled) {
        List<Problem> problems = new ArrayList<>();
        Set<String> known = recorded.stream()
                .map(row -> row.change().instance())
                .filter(instance -> !instance.equals(Change.SHARED))
                .collect(Collectors.toCollection(TreeSet::new));
        for (String name : request.names()) {
            if (!known.contains(name) && !listed.contains(name)) {
                problems.add(Problem.error("neither the journal nor the manifest knows an instance " + name)
                        .remedy(known.isEmpty()
                                ? "the journal knows of none yet"
                                : "the journal knows: " + String.join(", ", known)));
            }
        }
        request.run().filter(run -> recorded.stream().noneMatch(row -> row.run().equals(run)))
                .ifPresent(run -> problems.add(
                        Problem.error("the journal knows no run %s that changed anything".formatted(run))
                                .remedy("`provision history` lists them")));
        request.run().filter(run -> recorded.stream().anyMatch(row -> row.run().equals(run) && row.back()))
                .ifPresent(run -> problems.add(Problem.error("the run %s is itself a rollback".formatted(run))
                        .remedy("`init` makes again what it undid")));
        for (String name : request.unprotected()) {
            if (!listed.contains(name) && !journaled.contains(name)) {
                problems.add(Problem.error("the manifest lists no instance %s to be unprotected".formatted(name))
                        .remedy("leave `--unprotect %s` out".formatted(name)));
            }
        }
        if (!problems.isEmpty()) {
            throw new ProvisionException(ExitCode.USAGE, problems);
        }
    }

    /** As the manifest says of those that it lists, and the journal of those that it does not list any more. */
    private Set<String> shielded(Set<String> journaled) {
        return Stream.concat(
                        scope.manifest().instances().stream().filter(Instance::protect).map(Instance::name),
                        journaled.stream().filter(name -> !listed.contains(name)))
                .filter(name -> !request.unprotected().contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Where nobody can tell, those that the manifest does not list count as protected. */
    private List<Problem> perhapsProtected(RollbackPlan rollback) {
        return rollback.plan().byInstance().keySet().stream()
                .filter(name -> !name.equals(Change.SHARED)
                        && !listed.contains(name)
                        && !request.unprotected().contains(name))
                .sorted()
                .map(name -> Problem.error(("whether %s is protected from rollback is unknown: the login may not read"
                                        + " the table protections in the schema %s")
                                .formatted(name, journal.schemaName()))
                        .remedy("let its owner GRANT SELECT on it; --unprotect %s rolls it back all the same"
                                .formatted(name)))
                .toList();
    }

    private List<Problem> refusals(
            Session session, LoginFacts facts, RollbackPlan rollback, Set<String> shielded) {
        List<Problem> problems = new ArrayList<>();
        Set<String> concerned = rollback.plan().byInstance().keySet();
        for (String name : shielded) {
            if (concerned.contains(name)) {
                String where = listed.contains(name)
                        ? "`protect: true`"
                        : "the journal has `protect: true` of it, from when the manifest listed it";
                problems.add(Problem.error("%s is protected from rollback (%s)".formatted(name, where))
                        .remedy("--unprotect %s rolls it back all the same".formatted(name)));
            }
        }
        problems.addAll(new CopiedSchemasQuery(session)
                .refusals(scope.manifest().ecosystem(), facts.login().database(), concerned));
        problems.addAll(Prerequisites.lackingFor(session, facts, rollback.plan(), journal.schemaName()));
        return problems;
    }

    /** What was found of some of it, in the transaction that stands open. */
    static RollbackPlan again(
            Session session, LoginFacts facts, Collection<NetChange> nets, Selection selection, boolean discardData) {
        Standing seen = new StandingQuery(session, facts).of(nets);
        Standing standing = seen.with(new RowsLook(session).without(seen.objects()));
        return Reversal.plan(nets, selection.staying(), standing, discardData);
    }
}
