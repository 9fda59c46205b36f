package io.provision.apply;

import io.provision.journal.Journal;
import io.provision.plan.Change;
import io.provision.plan.Plan;
import io.provision.plan.PostgresResource.Role;
import io.provision.plan.State;
import io.provision.plan.rollback.NetChange;
import io.provision.plan.rollback.Reversal;
import io.provision.plan.rollback.RollbackPlan;
import io.provision.plan.rollback.Selection;
import io.provision.plan.rollback.Standing;
import io.provision.plan.rollback.Staying;
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
import java.util.stream.Collectors;

/** Reads the journal, looks at what stands of it, and plans its way back. Changes nothing. */
final class RollbackSurveyor {

    private final Scope scope;
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
            RollbackJournal journaled = new JournalLook(scope, redis, journal, request, host).look(session);
            if (!journaled.unknown().isEmpty()) {
                throw new ProvisionException(ExitCode.USAGE, journaled.unknown());
            }
            return survey(session, facts, journaled);
        } finally {
            session.rollback();
        }
    }

    private RollbackSurvey survey(Session session, LoginFacts facts, RollbackJournal journaled) {
        Selection selection = journaled.selection();
        FolderLook folders = new FolderLook(selection.nets(), host);
        UserLook users = Snapshot.whileAsking(session, () -> new UserLook(folders.seen(), redis));
        Standing standing = folders.addTo(new StandingQuery(session, facts).of(users.seen()))
                .with(State.of(users.standing()));
        session.rollback();
        session.beginLooking();
        standing = standing.with(new RowsLook(session).without(standing.objects()));
        RollbackPlan bare = Reversal.plan(users.seen(), selection.staying(), standing, request.discardData());
        RollbackPlan rollback = folders.sized(bare)
                .with(folders.unseen(), folders.changed())
                .with(users.elsewhere(), selection.skipped())
                .noting(notes(session, journaled, bare.plan()))
                .refusedFor(refusals(session, facts, journaled, bare.plan()));
        return new RollbackSurvey(rollback, selection, facts, journaled.left().found());
    }

    /** Whether all of an instance is rolled back. */
    private boolean isWholly(String instance) {
        return request.run().isEmpty() && (request.names().isEmpty() || request.names().contains(instance));
    }

    private List<String> notes(Session session, RollbackJournal journaled, Plan plan) {
        List<String> notes = new ArrayList<>();
        request.run().filter(run -> !journaled.leftOfRun())
                .map("run %s was rolled back already; nothing to do"::formatted)
                .ifPresent(notes::add);
        notes.addAll(journaled.left().notesWithout(this::isWholly));
        notes.addAll(new SessionsQuery(session).notes(droppedRoles(plan)));
        if (!journaled.protection().isKnown()) {
            notes.add(ProtectionLook.unreadable(journal));
        }
        return notes;
    }

    private static Map<String, String> droppedRoles(Plan plan) {
        return plan.changes().stream()
                .filter(change -> change.resource() instanceof Role && change.after().isEmpty())
                .collect(Collectors.toMap(change -> ((Role) change.resource()).name(), Change::instance));
    }

    private List<Problem> refusals(Session session, LoginFacts facts, RollbackJournal journaled, Plan plan) {
        List<Problem> problems = new ArrayList<>(journaled.protection().refusals(plan));
        problems.addAll(new CopiedSchemasQuery(session).refusals(
                scope.manifest().ecosystem(), facts.login().database(), plan.byInstance().keySet()));
        problems.addAll(Prerequisites.lackingFor(session, facts, plan, journal.schemaName()));
        problems.addAll(journaled.protection().doubts(plan));
        return problems;
    }

    /** What was found of some of it, in the transaction that stands open. */
    static RollbackPlan again(
            Session session, LoginFacts facts, Collection<NetChange> nets, Staying staying, boolean discardData) {
        Standing seen = new StandingQuery(session, facts).of(nets);
        Standing standing = seen.with(new RowsLook(session).without(seen.objects()));
        return Reversal.plan(nets, staying, standing, discardData);
    }
}
