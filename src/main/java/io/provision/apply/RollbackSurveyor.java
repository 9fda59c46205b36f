package io.provision.apply;

import io.provision.journal.ChangeEntry;
import io.provision.journal.Journal;
import io.provision.journal.OpenIntent;
import io.provision.manifest.Instance;
import io.provision.plan.Change;
import io.provision.plan.State;
import io.provision.plan.rollback.Ledger;
import io.provision.plan.rollback.NetChange;
import io.provision.plan.rollback.Recorded;
import io.provision.plan.rollback.Remark;
import io.provision.plan.rollback.Reversal;
import io.provision.plan.rollback.RollbackPlan;
import io.provision.plan.rollback.Selection;
import io.provision.plan.rollback.Standing;
import io.provision.postgres.LoginFacts;
import io.provision.postgres.Prerequisites;
import io.provision.postgres.Session;
import io.provision.postgres.rollback.StandingQuery;
import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import io.provision.redis.RedisStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads the journal, looks at what stands of it, and plans its way back. Changes nothing. */
final class RollbackSurveyor {

    private final Scope scope;
    private final Optional<RedisStore> redis;
    private final Journal journal;
    private final RollbackRequest request;
    private final String host;

    /** @param host this machine, as the journal names it */
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
            List<OpenIntent> intents = List.of();
            List<Recorded> recorded = List.of();
            if (session.call(journal::stands)) {
                JournalAccess.require(session, journal);
                intents = session.call(journal::openIntents);
                recorded = new ArrayList<>(
                        session.call(c -> journal.changes().of(c, scope.manifest().ecosystem())));
                addLeft(recorded, intents);
            }
            requireKnown(session, recorded);
            Selection selection = Selection.of(recorded, request.names(), request.run(), scope.stores());
            FolderLook folders = new FolderLook(selection.nets(), host);
            UserLook users = new UserLook(folders.seen(), redis);
            Standing standing = folders.addTo(new StandingQuery(session, facts).of(users.seen()))
                    .with(State.of(users.standing()));
            RollbackPlan rollback = Reversal.plan(
                    users.seen(), selection.staying(), standing, request.discardData());
            List<Remark> elsewhere = new ArrayList<>(folders.elsewhere());
            elsewhere.addAll(users.elsewhere());
            rollback = rollback.with(elsewhere, selection.skipped())
                    .noting(undoneBefore(recorded))
                    .refusedFor(refusals(session, facts, rollback));
            return new RollbackSurvey(rollback, selection, facts, intents);
        } finally {
            session.rollback();
        }
    }

    /** What killed runs did on the disk is not in the journal yet; a run that changes something writes it there. */
    private void addLeft(List<Recorded> recorded, List<OpenIntent> intents) {
        long id = Long.MAX_VALUE - 1_000_000;
        Recovery recovery = new Recovery(intents, redis);
        for (OpenIntent intent : intents) {
            for (ChangeEntry entry : recovery.done(intent)) {
                recorded.add(new Recorded(id++, intent.run(), false, "", "0", entry.change(), List.of()));
            }
        }
    }

    private List<String> undoneBefore(Collection<Recorded> recorded) {
        return request.run().filter(run -> Ledger.standingOf(recorded, run).isEmpty()).stream()
                .map("run %s was rolled back already; nothing to do"::formatted)
                .toList();
    }

    private void requireKnown(Session session, Collection<Recorded> recorded) {
        List<Problem> problems = new ArrayList<>();
        Set<String> known = recorded.stream()
                .map(row -> row.change().instance())
                .filter(instance -> !instance.equals(Change.SHARED))
                .collect(Collectors.toCollection(TreeSet::new));
        for (String name : request.names()) {
            if (!known.contains(name) && scope.manifest().instance(name).isEmpty()) {
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
            if (scope.manifest().instance(name).isEmpty()) {
                problems.add(Problem.error("the manifest lists no instance %s to be unprotected".formatted(name))
                        .remedy("leave `--unprotect %s` out".formatted(name)));
            }
        }
        if (!problems.isEmpty()) {
            throw new ProvisionException(ExitCode.USAGE, problems);
        }
    }

    private List<Problem> refusals(Session session, LoginFacts facts, RollbackPlan rollback) {
        List<Problem> problems = new ArrayList<>();
        for (Instance instance : scope.manifest().instances()) {
            if (instance.protect()
                    && !request.unprotected().contains(instance.name())
                    && rollback.plan().byInstance().containsKey(instance.name())) {
                problems.add(Problem.error("%s is protected from rollback (`protect: true`)".formatted(instance.name()))
                        .remedy("--unprotect %s rolls it back all the same".formatted(instance.name())));
            }
        }
        problems.addAll(Prerequisites.lackingFor(session, facts, rollback.plan(), journal.schemaName()));
        return problems;
    }

    /** What was found of some of it, in the transaction that stands open. */
    static RollbackPlan again(
            Session session, LoginFacts facts, Collection<NetChange> nets, Selection selection, boolean discardData) {
        Standing standing = new StandingQuery(session, facts).of(nets);
        return Reversal.plan(nets, selection.staying(), standing, discardData);
    }
}
