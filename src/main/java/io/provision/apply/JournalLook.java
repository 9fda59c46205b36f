package io.provision.apply;

import io.provision.journal.ChangeEntry;
import io.provision.journal.Journal;
import io.provision.journal.Recovered;
import io.provision.plan.rollback.Balances;
import io.provision.plan.rollback.Ledger;
import io.provision.plan.rollback.Recorded;
import io.provision.plan.rollback.Selection;
import io.provision.postgres.Session;
import io.provision.problem.Problem;
import io.provision.redis.RedisStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads of the journal what a rollback is about. Of many runs it is much, of which little may stand. */
final class JournalLook {

    private final Scope scope;
    private final Optional<RedisStore> redis;
    private final Journal journal;
    private final RollbackRequest request;
    private final String host;
    private final Balances balances = new Balances();
    private final List<Recorded> recorded = new ArrayList<>();
    private long last;

    /**
     * @param redis where users are looked at; empty where they are left out
     * @param host this machine, as the journal names it
     */
    JournalLook(Scope scope, Optional<RedisStore> redis, Journal journal, RollbackRequest request, String host) {
        this.scope = scope;
        this.redis = redis;
        this.journal = journal;
        this.request = request;
        this.host = host;
    }

    /** In the transaction that stands open; once. */
    RollbackJournal look(Session session) {
        if (!session.call(journal::stands)) {
            return told(protection(Optional.of(Set.of())), LeftOpen.NOTHING);
        }
        JournalAccess.require(session, journal);
        String ecosystem = scope.manifest().ecosystem();
        read(session);
        Optional<Set<String>> protectedOnes = session.call(journal.protections()::readable)
                ? Optional.of(session.call(c -> journal.protections().of(c, ecosystem)))
                : Optional.empty();
        LeftOpen left = Recovery.look(session, journal, ecosystem, host, redis);
        addLeft(left.found());
        return told(protection(protectedOnes), left);
    }

    /** What was taken back is forgotten at once, but for one run: it may be what that one did, and is told then. */
    private void read(Session session) {
        String ecosystem = scope.manifest().ecosystem();
        if (request.run().isPresent()) {
            session.run(c -> journal.changes().each(c, ecosystem, this::keep));
        } else {
            session.run(c -> journal.changes().eachCounting(c, ecosystem, this::keep));
        }
    }

    private void keep(Recorded row) {
        last = row.id();
        if (request.run().isPresent()) {
            recorded.add(row);
        } else {
            balances.add(row);
        }
    }

    /** What killed runs did outside PostgreSQL is not in the journal; a run that changes something writes it there. */
    private void addLeft(List<Recovered> left) {
        for (Recovered found : left) {
            for (ChangeEntry entry : found.done()) {
                keep(new Recorded(last + 1, found.intent().run(), false, "", "0", entry.change(), List.of()));
            }
        }
    }

    private RollbackProtection protection(Optional<Set<String>> journaled) {
        return new RollbackProtection(scope.manifest(), request.unprotected(), journaled, journal.schemaName());
    }

    private RollbackJournal told(RollbackProtection protection, LeftOpen left) {
        return request.run().map(run -> ofRun(run, protection, left)).orElseGet(() -> ofAll(protection, left));
    }

    private RollbackJournal ofAll(RollbackProtection protection, LeftOpen left) {
        return new RollbackJournal(
                Selection.of(balances.standing(), request.names(), scope.stores()),
                true,
                unknown(balances.instances().stream(), List.of(), protection),
                protection,
                left);
    }

    private RollbackJournal ofRun(String run, RollbackProtection protection, LeftOpen left) {
        return new RollbackJournal(
                Selection.ofRun(run, recorded, request.names(), scope.stores()),
                !Ledger.standingOf(recorded, run).isEmpty(),
                unknown(
                        recorded.stream().map(row -> row.change().instance()),
                        unknownRun(run, recorded),
                        protection),
                protection,
                left);
    }

    private List<Problem> unknown(Stream<String> instances, List<Problem> ofRun, RollbackProtection protection) {
        List<Problem> problems =
                new ArrayList<>(History.unknownNames(request.names(), instances, scope.manifest()));
        problems.addAll(ofRun);
        problems.addAll(protection.unknownNames());
        return problems;
    }

    private static List<Problem> unknownRun(String run, Collection<Recorded> recorded) {
        List<Recorded> own = recorded.stream().filter(row -> row.run().equals(run)).toList();
        if (own.isEmpty()) {
            return List.of(Problem.error("the journal knows no run %s that changed anything".formatted(run))
                    .remedy("`provision history` lists them"));
        }
        return own.stream().noneMatch(Recorded::back)
                ? List.of()
                : List.of(Problem.error("the run %s is itself a rollback".formatted(run))
                        .remedy("`init` makes again what it undid"));
    }
}
