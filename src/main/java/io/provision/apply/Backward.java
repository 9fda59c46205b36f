package io.provision.apply;

import io.provision.plan.Change;
import io.provision.plan.PostgresResource.Role;
import io.provision.plan.ResourceId;
import io.provision.plan.Store;
import io.provision.plan.rollback.NetChange;
import io.provision.plan.rollback.Proof;
import io.provision.plan.rollback.RollbackPlan;
import io.provision.plan.rollback.Selection;
import io.provision.plan.rollback.Staying;
import io.provision.postgres.LoginFacts;
import io.provision.postgres.Session;
import io.provision.postgres.rollback.StandingQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Backward: to what stood before the tool came, as the journal tells it. */
final class Backward implements Direction {

    private final LoginFacts facts;
    private final Staying staying;

    /** What is to be undone in PostgreSQL: no instance looks through all others'. */
    private final Map<String, List<NetChange>> byInstance;

    private final boolean discardData;
    private final RunResults results;

    /** @param results is told of the roles that had to be kept */
    Backward(LoginFacts facts, Selection selection, boolean discardData, RunResults results) {
        this.facts = facts;
        this.staying = selection.staying();
        this.byInstance = selection.nets().stream()
                .filter(net -> net.target().store() == Store.POSTGRES)
                .collect(Collectors.groupingBy(NetChange::instance));
        this.discardData = discardData;
        this.results = results;
    }

    @Override
    public boolean sharedFirst() {
        return false;
    }

    @Override
    public List<Change> again(Session session, String instance, List<Change> planned) {
        RollbackPlan now = look(session, of(instance));
        AgreedHazards.of(planned).refuseMore(now.plan().refusals(), now.plan().hazards());
        results.kept(keptMeanwhile(now, planned));
        return now.plan().changes().stream()
                .filter(change -> !RolePhase.covers(change))
                .toList();
    }

    /** What was to be undone when it was agreed to, and is not to be any more. */
    private static List<Outcome.Kept> keptMeanwhile(RollbackPlan now, List<Change> planned) {
        Set<ResourceId> still = now.plan().changes().stream().map(Change::target).collect(Collectors.toSet());
        Set<String> left = planned.stream()
                .map(Change::target)
                .filter(target -> !still.contains(target))
                .map(ResourceId::words)
                .collect(Collectors.toSet());
        return Stream.concat(now.kept().stream(), now.skipped().stream())
                .filter(remark -> left.contains(remark.what()))
                .map(remark -> new Outcome.Kept(remark.instance(), remark.what(), remark.why()))
                .toList();
    }

    /** Only now, when all else is undone, can be seen whether something else would go with a role. */
    @Override
    public List<Change> sharedAgain(Session session, List<Change> planned) {
        Set<ResourceId> targets = planned.stream().map(Change::target).collect(Collectors.toSet());
        RollbackPlan now = look(
                session,
                planned.stream()
                        .map(Change::instance)
                        .distinct()
                        .flatMap(instance -> of(instance).stream())
                        .filter(net -> targets.contains(net.target()))
                        .toList());
        List<Change> changes = now.plan().changes().stream().filter(c -> targets.contains(c.target())).toList();
        Set<ResourceId> still = changes.stream().map(Change::target).collect(Collectors.toSet());
        List<Outcome.Kept> kept = new ArrayList<>();
        planned.stream()
                .filter(change -> change.resource() instanceof Role && !still.contains(change.target()))
                .forEach(change -> kept.add(new Outcome.Kept(
                        change.instance(), "role " + change.target().target(), why(now, change))));
        results.kept(kept);
        return changes;
    }

    private static String why(RollbackPlan now, Change change) {
        return now.kept().stream()
                .filter(remark -> remark.what().equals("role " + change.target().target()))
                .map(remark -> remark.why())
                .findFirst()
                .orElse("another hand changed it meanwhile");
    }

    private List<NetChange> of(String instance) {
        return byInstance.getOrDefault(instance, List.of());
    }

    private RollbackPlan look(Session session, List<NetChange> nets) {
        return RollbackSurveyor.again(session, facts, nets, staying, discardData);
    }

    @Override
    public List<String> missing(Session session, String instance, List<Change> done) {
        if (done.isEmpty()) {
            return List.of();
        }
        return Proof.missing(done, new StandingQuery(session, facts).of(of(instance)));
    }
}
