package io.provision.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.plan.PostgresResource.DefaultPrivileges;
import io.provision.plan.PostgresResource.ObjectGrants;
import io.provision.plan.PostgresResource.SchemaGrant;
import io.provision.plan.StateGenerator.Case;
import io.provision.plan.rollback.Holders;
import io.provision.plan.rollback.Ledger;
import io.provision.plan.rollback.LiveGrants;
import io.provision.plan.rollback.NetChange;
import io.provision.plan.rollback.ObjectGraph;
import io.provision.plan.rollback.Recorded;
import io.provision.plan.rollback.Reversal;
import io.provision.plan.rollback.RollbackPlan;
import io.provision.plan.rollback.Standing;
import io.provision.plan.rollback.Staying;
import io.provision.plan.rollback.WayBack;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** What holds for every rollback, whatever stood before the tool came. */
@TestInstance(Lifecycle.PER_CLASS)
class RollbackLawsTest {

    private final GeneratedCases cases = new GeneratedCases();

    @Test
    void whatStoodBeforeStandsAgain() {
        cases.each(c -> {
            List<Recorded> journal = recorded(changes(c), "init", false, 1);

            RollbackPlan rollback = rollback(journal, after(c));

            assertEquals(c.live().state(), Applied.to(after(c), rollback.plan().changes()));
            assertEquals(List.of(), rollback.kept());
            assertEquals(List.of(), rollback.skipped());
            assertEquals(List.of(), rollback.settled());
        });
    }

    @Test
    void afterwardsNothingIsLeftToBeUndone() {
        cases.each(c -> {
            List<Recorded> journal = new ArrayList<>(recorded(changes(c), "init", false, 1));
            journal.addAll(recorded(rollback(journal, after(c)).plan().changes(), "rollback", true, 10_000));

            assertEquals(List.of(), Ledger.standing(journal));
        });
    }

    @Test
    void whatWasDoneAgainIsAllThatCounts() {
        cases.each(c -> {
            List<Recorded> journal = new ArrayList<>(recorded(changes(c), "init", false, 1));
            journal.addAll(recorded(rollback(journal, after(c)).plan().changes(), "rollback", true, 10_000));
            journal.addAll(recorded(changes(c), "again", false, 20_000));

            RollbackPlan rollback = rollback(journal, after(c));

            assertEquals(c.live().state(), Applied.to(after(c), rollback.plan().changes()));
        });
    }

    @Test
    void whatAnotherHandGaveMeanwhileStays() {
        cases.each(c -> {
            State given = withMore(after(c), new Random(c.seed()));

            RollbackPlan rollback = rollback(recorded(changes(c), "init", false, 1), given);

            State now = Applied.to(given, rollback.plan().changes());
            given.resources().forEach((id, resource) -> {
                Set<Privilege> more = new HashSet<>(privileges(resource));
                after(c).find(id).ifPresent(was -> more.removeAll(privileges(was)));
                Set<Privilege> still = now.find(id).map(RollbackLawsTest::privileges).orElse(Set.of());
                assertTrue(still.containsAll(more), () -> "%s lost %s".formatted(id, more));
            });
        });
    }

    @Test
    void whatAnotherHandTookAwayIsToldAndThenForgotten() {
        Set<String> told = new TreeSet<>();
        cases.each(c -> {
            State less = without(after(c), new Random(c.seed()));
            List<Recorded> journal = new ArrayList<>(recorded(changes(c), "init", false, 1));

            RollbackPlan rollback = rollback(journal, less);
            journal.addAll(recorded(rollback.plan().changes(), "rollback", true, 10_000));
            journal.addAll(recorded(rollback.settled(), "rollback", true, 20_000));

            rollback.skipped().forEach(remark -> told.add(remark.what().split(" ")[0]));
            assertEquals(List.of(), Ledger.standing(journal));
        });
        assertEquals(Set.of("schema", "default"), told);
    }

    /** A file that had run before has done what it did; that it ran again is not undone. */
    private static List<Change> changes(Case c) {
        return c.plan().changes().stream()
                .filter(change -> !(change.resource() instanceof SqlFile) || change.creates())
                .toList();
    }

    private static State after(Case c) {
        return Applied.to(c.live().state(), changes(c));
    }

    private static List<Recorded> recorded(Collection<Change> changes, String run, boolean back, long id) {
        List<Recorded> recorded = new ArrayList<>();
        for (Change change : changes) {
            recorded.add(new Recorded(id + recorded.size(), run, back, "here", "1", change, List.of()));
        }
        return recorded;
    }

    private static RollbackPlan rollback(List<Recorded> journal, State live) {
        List<NetChange> nets = Ledger.standing(journal);
        return Reversal.plan(nets, new Staying(List.of()), standing(nets, live), false);
    }

    private static Standing standing(List<NetChange> nets, State live) {
        Map<ResourceId, Map<String, Set<Privilege>>> held = new HashMap<>();
        nets.stream()
                .map(NetChange::resource)
                .filter(ObjectGrants.class::isInstance)
                .forEach(resource -> held.put(resource.id(), ((ObjectGrants) resource).lacking()));
        Stream<String> schemas = nets.stream().flatMap(net -> Holders.schemasOf(net.resource()));
        Stream<String> roles = nets.stream().flatMap(net -> Holders.rolesOf(net.resource()));
        return new Standing(
                live,
                new Holders(schemas.collect(Collectors.toSet()), roles.collect(Collectors.toSet())),
                new LiveGrants(held, Map.of()),
                ObjectGraph.EMPTY,
                Map.of(),
                List.of(),
                WayBack.NONE,
                Map.of());
    }

    private static Set<Privilege> privileges(Resource resource) {
        if (resource instanceof SchemaGrant grant) {
            return grant.privileges();
        }
        return resource instanceof DefaultPrivileges grant ? grant.privileges() : Set.of();
    }

    private static Resource with(Resource resource, Set<Privilege> privileges) {
        if (resource instanceof SchemaGrant grant) {
            return new SchemaGrant(grant.schema(), grant.grantee(), privileges);
        }
        DefaultPrivileges given = (DefaultPrivileges) resource;
        return new DefaultPrivileges(
                given.schema(), given.creator(), given.objects(), given.grantee(), privileges);
    }

    private static State withMore(State state, Random random) {
        Map<ResourceId, Resource> more = new TreeMap<>(state.resources());
        more.replaceAll((id, resource) -> {
            Set<Privilege> privileges = new HashSet<>(privileges(resource));
            if (privileges.isEmpty()) {
                return resource;
            }
            privileges.add(Privilege.values()[random.nextInt(Privilege.values().length)]);
            return with(resource, privileges);
        });
        return new State(new TreeMap<>(more));
    }

    private static State without(State state, Random random) {
        Map<ResourceId, Resource> less = new TreeMap<>(state.resources());
        less.values().removeIf(resource -> !privileges(resource).isEmpty() && random.nextInt(3) == 0);
        return new State(new TreeMap<>(less));
    }
}
