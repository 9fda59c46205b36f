package io.provision.postgres.migration;

import io.provision.plan.MigrationResource.Placement;
import io.provision.plan.Movable;
import io.provision.plan.Moves;
import io.provision.plan.ResourceId;
import io.provision.postgres.LoginFacts;
import io.provision.postgres.Session;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** One look at the catalogs. Where nothing is found that could move, it is two queries. */
final class Look {

    private final Session session;
    private final LoginFacts facts;
    private final List<KeptNames.Tool> tools;
    private final Map<ResourceId, Placement> told;
    private final Findings findings = new Findings();

    /** @param told what goes back, as it is to stand afterwards */
    Look(Session session, LoginFacts facts, List<KeptNames.Tool> tools, Map<ResourceId, Placement> told) {
        this.session = session;
        this.facts = facts;
        this.tools = tools;
        this.told = told;
    }

    Moves at(List<NamePattern> patterns) {
        MovingSet set = new MovingSet(patterns.stream().map(NamePattern::route).distinct().toList());
        RelationTrees trees = new RelationTrees(session);
        gather(set, trees.of(patterns));
        new NamesNobodyHas(session, findings).tell(patterns);
        if (!set.isEmpty()) {
            refuseTornTrees(set, trees);
            Attachments attachments = Attachments.of(session, set, findings);
            attachments.statistics().forEach(set::add);
            List<UsedSequences.Staying> staying = new ArrayList<>();
            if (set.allRoutes().stream().anyMatch(route -> !route.back())) {
                staying.addAll(out(set, attachments));
            } else {
                new FunctionTexts(session, findings).warn(new MovedNames(set, attachments, facts.serverVersion()));
            }
            new Extensions(session, findings).refuseMembers(set);
            new NamesTaken(session, findings).refuse(set, attachments);
            new Privileges(session, facts, findings, told).check(set, staying);
            new Publications(session, facts, findings).warn(set);
            new LockNeed(session, findings).compare(set, attachments);
            set.all().forEach(object -> findings.want(object.placement(), object.route()));
        }
        return findings.moves();
    }

    /** What matters only on the way out. */
    private List<UsedSequences.Staying> out(MovingSet set, Attachments attachments) {
        List<UsedSequences.Staying> staying = new UsedSequences(session, findings).join(set, attachments);
        new UsedTypes(session, facts, findings).join(set);
        new ForeignGrants(session, findings).refuse(set);
        new Dependents(session, findings).tell(set, new FormerOwnersViews(session, facts, findings).warn(set));
        new TriggerFunctions(session, findings).tell(set);
        Access.Rights rights = new Access(session, facts, findings).keep(set, attachments);
        new CompatViews(facts, findings).want(set, rights.acls());
        new LeftBehind(session, facts, findings).tell(set, rights.entitled());
        MovedNames names = new MovedNames(set, attachments, facts.serverVersion());
        new FunctionTexts(session, findings).warn(names);
        new KeptNames(session, facts, findings, tools).warn(set, names);
        return staying;
    }

    private void gather(MovingSet set, List<RelationTrees.Found> all) {
        Map<Long, RelationTrees.Found> claimed = new LinkedHashMap<>();
        Map<Integer, Collection<String>> elsewhere = new TreeMap<>();
        for (RelationTrees.Found found : all) {
            Route route = set.route(found.route());
            if (!found.schema().equals(route.from())) {
                elsewhere.computeIfAbsent(found.route(), t -> new TreeSet<>()).add(found.schema() + "." + found.name());
                continue;
            }
            RelationTrees.Found first = claimed.putIfAbsent(found.oid(), found);
            if (first == null) {
                moving(route, found, set);
            } else if (first.route() != found.route()) {
                findings.refuse(
                        route,
                        "%s.%s is to move for %s and, with what it belongs to, for %s".formatted(
                                found.schema(), found.name(), set.route(first.route()).instance(), route.instance()),
                        "let one instance claim it, in `migrate.tables`");
            }
        }
        elsewhere.forEach((route, names) -> findings.note(
                set.route(route),
                "%s %s below what moves and in another schema, and stays there".formatted(
                        Findings.some(names), names.size() == 1 ? "stands" : "stand")));
    }

    private void moving(Route route, RelationTrees.Found found, MovingSet set) {
        MovableKinds.of(found.catalog(), found.kind())
                .ifPresentOrElse(
                        type -> set.add(new Moving(
                                route,
                                type,
                                found.oid(),
                                found.name(),
                                found.owner(),
                                type == Movable.FUNCTION)),
                        () -> findings.refuse(
                                route,
                                "%s.%s is %s, which does not move by itself".formatted(
                                        found.schema(),
                                        found.name(),
                                        MovableKinds.title(found.catalog(), found.kind())),
                                "take it out of `migrate.tables`"));
    }

    private void refuseTornTrees(MovingSet set, RelationTrees trees) {
        trees.leavingParents(set).forEach(left -> {
            Moving child = set.relation(left.child()).orElseThrow();
            findings.refuse(
                    child.route(),
                    "%s is a %s of %s.%s, which does not move with it".formatted(
                            child.source(),
                            left.partition() ? "partition" : "child",
                            child.route().from(),
                            left.parent()),
                    "name %s in `migrate.tables`, too".formatted(left.parent()));
        });
    }
}
