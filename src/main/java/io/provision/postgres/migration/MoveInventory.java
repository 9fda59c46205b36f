package io.provision.postgres.migration;

import io.provision.plan.MigrationResource.Placement;
import io.provision.plan.MoveRequest;
import io.provision.plan.Moves;
import io.provision.plan.Resource;
import io.provision.plan.ResourceId;
import io.provision.postgres.LoginFacts;
import io.provision.postgres.Session;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds what moves with the tables that are named, what must be moved along, what stays and is told, what is a hazard,
 * and what forbids it: a constant number of catalog queries, whatever the number of instances ({@code postgres.md},
 * "Migration out of public").
 */
public final class MoveInventory {

    private final Session session;
    private final LoginFacts facts;
    private final List<KeptNames.Tool> tools;

    public MoveInventory(Session session, LoginFacts facts) {
        this(session, facts, KeptNames.TOOLS);
    }

    /** @param tools that keep the names of tables in tables of their own */
    MoveInventory(Session session, LoginFacts facts, List<KeptNames.Tool> tools) {
        this.session = session;
        this.facts = facts;
        this.tools = tools;
    }

    /** Of what still stands where it comes from; what has moved already is left out. */
    public Moves find(Collection<MoveRequest> requests) {
        List<NamePattern> patterns = new ArrayList<>();
        for (MoveRequest request : requests) {
            Route route = Route.out(patterns.size(), request);
            request.tables().forEach(table -> patterns.add(NamePattern.of(route, table)));
        }
        return find(patterns, Map.of());
    }

    /**
     * The way back. What is named goes, with what has joined it since and cannot stay behind: partitions, inheritance
     * children, extended statistics, and whatever goes with a table by itself. Nobody is let in anywhere.
     *
     * @param going as it is to stand afterwards, and the instance that each is for: {@code from} the schema that it is
     *     in now, {@code to} the one that it once came from
     * @return objects that are not in {@code from} are left out
     */
    public Moves findBack(Map<Placement, String> going) {
        Map<List<String>, Route> routes = new HashMap<>();
        List<NamePattern> patterns = new ArrayList<>();
        going.forEach((placement, instance) -> {
            Route route = routes.computeIfAbsent(
                    List.of(instance, placement.from(), placement.to()),
                    key -> Route.back(routes.size(), instance, placement.from(), placement.to()));
            patterns.add(NamePattern.of(route, placement));
        });
        Map<ResourceId, Placement> told = new HashMap<>();
        going.keySet().forEach(placement -> told.put(placement.id(), placement));
        return withOwners(find(patterns, told), told);
    }

    /** What goes back is owned by whoever is told; what has joined it keeps its owner. */
    private static Moves withOwners(Moves moves, Map<ResourceId, Placement> told) {
        Map<Resource, String> wanted = new HashMap<>();
        moves.wanted().forEach((found, instance) -> wanted.put(
                Optional.<Resource>ofNullable(told.get(found.id())).orElse(found), instance));
        return new Moves(wanted, moves.hazards(), moves.refusals(), moves.notes());
    }

    private Moves find(List<NamePattern> patterns, Map<ResourceId, Placement> told) {
        return patterns.isEmpty() ? Moves.NONE : new Look(session, facts, tools, told).at(patterns);
    }
}
