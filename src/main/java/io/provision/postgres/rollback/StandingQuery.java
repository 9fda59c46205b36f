package io.provision.postgres.rollback;

import io.provision.plan.Change;
import io.provision.plan.Desired;
import io.provision.plan.Distribution;
import io.provision.plan.Effect;
import io.provision.plan.Hazard;
import io.provision.plan.Mark;
import io.provision.plan.MigrationResource.CompatView;
import io.provision.plan.MigrationResource.Placement;
import io.provision.plan.MigrationResource.SchemaAccess;
import io.provision.plan.Moves;
import io.provision.plan.PostgresResource.ObjectGrants;
import io.provision.plan.PostgresResource.Role;
import io.provision.plan.PostgresResource.Schema;
import io.provision.plan.PostgresResource.SchemaGrant;
import io.provision.plan.PostgresResource;
import io.provision.plan.Resource;
import io.provision.plan.ResourceId;
import io.provision.plan.SqlFile;
import io.provision.plan.State;
import io.provision.plan.rollback.Holders;
import io.provision.plan.rollback.LiveGrants;
import io.provision.plan.rollback.NetChange;
import io.provision.plan.rollback.ObjectGraph;
import io.provision.plan.rollback.RoleTie;
import io.provision.plan.rollback.Standing;
import io.provision.plan.rollback.WayBack;
import io.provision.postgres.LoginFacts;
import io.provision.postgres.PostgresInspector;
import io.provision.postgres.Session;
import io.provision.postgres.migration.MoveInventory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks at what stands in PostgreSQL of what the journal tells of: a constant number of queries. */
public final class StandingQuery {

    private final Session session;
    private final LoginFacts facts;

    public StandingQuery(Session session, LoginFacts facts) {
        this.session = session;
        this.facts = facts;
    }

    /** What else stands in the other stores is left empty. */
    public Standing of(Collection<NetChange> nets) {
        List<NetChange> ours = nets.stream().filter(net -> net.resource() instanceof PostgresResource).toList();
        State live = live(ours);
        return new Standing(
                live,
                holders(ours),
                grants(ours),
                objects(ours),
                new ContentsQuery(session).of(made(ours, Schema.class).map(Schema::name).toList()),
                tiesOf(ours),
                back(ours, live),
                Map.of());
    }

    private Holders holders(Collection<NetChange> nets) {
        return new Holders(
                existing(
                        """
                        SELECT n.nspname
                        FROM unnest(?::text[]) AS w (schema)
                        JOIN pg_namespace n ON n.nspname = w.schema
                        """,
                        names(nets, Holders::schemasOf)),
                existing(
                        """
                        SELECT r.rolname
                        FROM unnest(?::text[]) AS w (role)
                        JOIN pg_roles r ON r.rolname = w.role
                        """,
                        names(nets, Holders::rolesOf)));
    }

    private LiveGrants grants(Collection<NetChange> nets) {
        HeldGrantsQuery query = new HeldGrantsQuery(session);
        return new LiveGrants(query.held(of(nets, ObjectGrants.class).toList()), query.meanwhile(nets));
    }

    private ObjectGraph objects(Collection<NetChange> nets) {
        return new MadeObjectsQuery(session).find(
                nets.stream()
                        .flatMap(net -> net.effects().stream())
                        .filter(effect -> effect.kind() == Effect.Kind.MADE)
                        .toList(),
                of(nets, SqlFile.class).map(SqlFile::schema).collect(Collectors.toSet()));
    }

    private WayBack back(Collection<NetChange> nets, State live) {
        List<NetChange> goingBack = goingBack(nets, live);
        Map<Placement, String> turned = goingBack.stream().collect(Collectors.toMap(
                net -> ((Placement) net.before().orElseThrow()).turned(), NetChange::instance));
        Moves back = new MoveInventory(session, facts).findBack(turned);
        return new WayBack(
                joined(back, nets),
                Stream.concat(back.notes().stream(), new AddedSinceQuery(session).notes(goingBack).stream()).toList(),
                hazards(back),
                Stream.of(
                                back.refusals(),
                                new NeededViewsQuery(session).refusals(standing(nets, live, CompatView.class)),
                                new IdentityColumnsQuery(session).refusals(standing(nets, live, Distribution.class)))
                        .flatMap(List::stream)
                        .toList());
    }

    private static List<NetChange> goingBack(Collection<NetChange> nets, State live) {
        return nets.stream()
                .filter(net -> net.before().isPresent() && Standing.stillPlaced(net, live.find(net.target())))
                .toList();
    }

    private static List<Change> joined(Moves back, Collection<NetChange> nets) {
        Set<ResourceId> told = nets.stream().map(NetChange::target).collect(Collectors.toSet());
        List<Change> joined = new ArrayList<>();
        back.wanted().forEach((resource, instance) -> {
            if (resource instanceof Placement going && !told.contains(going.turned().id())) {
                Placement after = going.turned();
                joined.add(new Change(
                        instance,
                        Optional.of(after.standingIn(after.to())),
                        Optional.of(after),
                        "it has joined what goes back",
                        List.of()));
            }
        });
        joined.sort(Comparator.comparing(Change::target));
        return joined;
    }

    /** By the object as the journal names it. */
    private static Map<ResourceId, List<Hazard>> hazards(Moves back) {
        Map<ResourceId, List<Hazard>> hazards = new TreeMap<>();
        back.wanted().keySet().forEach(resource -> {
            List<Hazard> found = back.hazards().getOrDefault(resource.id(), List.of());
            if (resource instanceof Placement going && !found.isEmpty()) {
                hazards.put(going.turned().id(), found);
            }
        });
        return hazards;
    }

    private static <T extends Resource> List<T> standing(Collection<NetChange> nets, State live, Class<T> type) {
        return of(nets, type).filter(resource -> live.find(resource.id()).isPresent()).toList();
    }

    private List<RoleTie> tiesOf(Collection<NetChange> nets) {
        Set<String> made = made(nets, Role.class).map(Role::name).collect(Collectors.toSet());
        List<NetChange> ways = nets.stream()
                .filter(net -> net.resource() instanceof SchemaAccess || net.resource() instanceof SchemaGrant)
                .toList();
        Set<String> reaching = names(ways, Holders::rolesOf);
        reaching.removeAll(made);
        RoleTiesQuery query = new RoleTiesQuery(session, facts.serverVersion());
        return Stream.concat(
                        query.of(made).stream(),
                        query.in(names(ways, Holders::schemasOf), reaching).stream())
                .toList();
    }

    private static <T extends Resource> Stream<T> made(Collection<NetChange> nets, Class<T> type) {
        return of(nets.stream().filter(net -> net.before().isEmpty()).toList(), type);
    }

    private static <T extends Resource> Stream<T> of(Collection<NetChange> nets, Class<T> type) {
        return nets.stream().map(NetChange::resource).filter(type::isInstance).map(type::cast);
    }

    /** What things are called is worked out once: of ten thousand instances, it takes as much room as what they are. */
    private State live(Collection<NetChange> nets) {
        SortedMap<ResourceId, Resource> wanted = new TreeMap<>();
        Map<ResourceId, String> instances = new TreeMap<>();
        nets.stream()
                .filter(net -> !(net.resource() instanceof ObjectGrants)
                        && !(net.resource() instanceof SqlFile)
                        && !(net.resource() instanceof Placement))
                .forEach(net -> {
                    ResourceId id = net.target();
                    wanted.put(id, net.resource());
                    instances.put(id, net.instance());
                });
        Desired desired = new Desired(
                new State(wanted), instances, new Mark("rollback", "*", facts.login().database()));
        SortedMap<ResourceId, Resource> found =
                new TreeMap<>(new PostgresInspector(session, facts, desired).state().resources());
        found.replaceAll((id, resource) -> sameOf(wanted.get(id), resource));
        return new State(found)
                .with(State.of(new WhereaboutsQuery(session).of(of(nets, Placement.class).toList())));
    }

    /** What stands as the journal has it, as most does, is kept once. */
    private static Resource sameOf(Resource journaled, Resource found) {
        return found.equals(journaled) ? journaled : found;
    }

    private static Set<String> names(Collection<NetChange> nets, Function<Resource, Stream<String>> in) {
        return nets.stream().map(NetChange::resource).flatMap(in).collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> existing(String sql, Set<String> names) {
        return Set.copyOf(session.query(sql, row -> row.getString(1), names));
    }
}
