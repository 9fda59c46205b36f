package io.provision.apply;

import io.provision.plan.Change;
import io.provision.plan.Desired;
import io.provision.plan.Live;
import io.provision.plan.MigrationResource;
import io.provision.plan.MoveRequest;
import io.provision.plan.Moves;
import io.provision.plan.Plan;
import io.provision.plan.Planner;
import io.provision.plan.Resource;
import io.provision.plan.ResourceId;
import io.provision.plan.ResourceKind;
import io.provision.plan.State;
import io.provision.plan.Store;
import io.provision.postgres.LoginFacts;
import io.provision.postgres.PostgresInspector;
import io.provision.postgres.Session;
import io.provision.postgres.migration.MoveInventory;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Forward: to what the manifest says. */
final class Forward implements Direction {

    private final LoginFacts facts;
    private final Desired desired;
    private final Map<String, List<Resource>> byInstance;
    private final Map<String, MoveRequest> moving;

    /**
     * @param desired what should stand, of all instances
     * @param moving what of an instance is to move, where something is
     */
    Forward(LoginFacts facts, Desired desired, Map<String, MoveRequest> moving) {
        this.facts = facts;
        this.desired = desired;
        this.byInstance = desired.byInstance(Store.POSTGRES);
        this.moving = Map.copyOf(moving);
    }

    @Override
    public boolean sharedFirst() {
        return true;
    }

    /** Files run as they were planned: what another hand may have changed is the rest. */
    @Override
    public List<Change> again(Session session, String instance, List<Change> planned) {
        Set<Resource> ran = planned.stream()
                .map(Change::resource)
                .filter(resource -> resource.kind() == ResourceKind.SQL_FILE)
                .collect(Collectors.toSet());
        List<Resource> before = planned.stream()
                .filter(change -> change.resource().kind() == ResourceKind.SQL_FILE)
                .flatMap(change -> change.before().stream())
                .toList();
        Moves moves = moves(session, instance);
        Desired part = part(instance)
                .where((whose, resource) -> !(resource instanceof MigrationResource)
                        && (resource.kind() != ResourceKind.SQL_FILE || ran.contains(resource)))
                .with(moves);
        Plan plan = plan(session, part, before, moves);
        AgreedHazards.of(planned).refuseMore(moves.refusals(), plan.hazards());
        return plan.changes();
    }

    private Moves moves(Session session, String instance) {
        return Optional.ofNullable(moving.get(instance))
                .map(request -> new MoveInventory(session, facts).find(List.of(request)))
                .orElse(Moves.NONE);
    }

    @Override
    public List<Change> sharedAgain(Session session, List<Change> planned) {
        Set<ResourceId> targets = planned.stream().map(Change::target).collect(Collectors.toSet());
        return plan(session, desired.of(targets), List.of(), Moves.NONE).changes();
    }

    /** What has come to stand there since it was planned, such as a new partition, is missing where the rest is. */
    @Override
    public List<String> missing(Session session, String instance, List<Change> done) {
        Desired part = part(instance)
                .where((whose, resource) -> resource.kind() != ResourceKind.SQL_FILE)
                .with(moves(session, instance));
        return plan(session, part, List.of(), Moves.NONE).changes().stream()
                .map(change -> "%s (%s)".formatted(change.target().target(), change.reason()))
                .toList();
    }

    private Desired part(String instance) {
        return desired.part(instance, byInstance.getOrDefault(instance, List.of()));
    }

    private Plan plan(Session session, Desired part, Collection<Resource> journaled, Moves moves) {
        State seen = new PostgresInspector(session, facts, part).state();
        Live live = new Live(seen, List.of()).with(new Live(State.of(journaled), List.of())).with(moves);
        return Planner.plan(live, part);
    }
}
