package io.provision.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.plan.PostgresResource.DefaultPrivileges;
import io.provision.plan.PostgresResource.Role;
import io.provision.plan.PostgresResource.SchemaGrant;
import io.provision.plan.StateGenerator.Case;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** What holds for every plan, whatever stands and whatever is desired. {@code PlanOrderTest} has the order's laws. */
@TestInstance(Lifecycle.PER_CLASS)
class PlanLawsTest {

    private final GeneratedCases cases = new GeneratedCases();

    @Test
    void whatWasAppliedNeedsNoFurtherPlan() {
        cases.each(c -> {
            Plan second = Planner.plan(new Live(c.applied(), List.of()), c.desired());
            assertEquals(List.of(), second.changes());
        });
    }

    @Test
    void whatWasAppliedSatisfiesEveryDesiredResource() {
        cases.each(c -> {
            State applied = c.applied();
            c.desired().state().resources().forEach(
                    (id, wanted) -> assertEquals(wanted.over(applied.find(id)), applied.find(id)));
        });
    }

    @Test
    void whatIsNotConcernedStaysUntouched() {
        cases.each(c -> assertEquals(unconcerned(c, c.live().state()), unconcerned(c, c.applied())));
    }

    private static Map<ResourceId, Resource> unconcerned(Case c, State state) {
        Map<ResourceId, Resource> rest = new TreeMap<>(state.resources());
        rest.keySet().removeAll(c.desired().state().resources().keySet());
        return rest;
    }

    @Test
    void whatOtherHandsGrantedIsKept() {
        cases.each(c -> {
            State applied = c.applied();
            c.live().state().resources().values().forEach(was -> assertKept(was, applied.find(was.id())));
        });
    }

    private static void assertKept(Resource was, Optional<Resource> is) {
        if (was instanceof Role) {
            assertEquals(Optional.of(was), is);
        }
        if (was instanceof DefaultPrivileges granted) {
            assertTrue(((DefaultPrivileges) is.orElseThrow()).privileges().containsAll(granted.privileges()));
        }
        if (was instanceof SchemaGrant granted && !granted.grantee().equals(PostgresResource.PUBLIC)) {
            assertTrue(((SchemaGrant) is.orElseThrow()).privileges().containsAll(granted.privileges()));
        }
    }

    @Test
    void theInversesInReverseGiveBackWhatStoodBefore() {
        cases.each(c -> {
            List<Change> inverses = new ArrayList<>(c.plan().changes().stream().map(Change::inverse).toList());
            Collections.reverse(inverses);
            assertEquals(c.live().state(), Applied.to(c.applied(), inverses));
        });
    }

    @Test
    void anInverseTurnedRoundIsTheChangeAgain() {
        cases.each(c -> c.plan().changes().forEach(change -> {
            Change again = change.inverse().inverse();
            assertEquals(change.before(), again.before());
            assertEquals(change.after(), again.after());
            assertEquals(change.id(), again.id());
        }));
    }

    @Test
    void anIdNamesOneChangeOfAPlan() {
        cases.each(c -> {
            List<String> ids = c.plan().changes().stream().map(Change::id).toList();
            assertEquals(ids.size(), new HashSet<>(ids).size());
        });
    }

    @Test
    void theOrderOfTheInputDoesNotMatter() {
        cases.each(c -> assertEquals(c.plan(), StateGenerator.shuffled(c).plan()));
    }

    @Test
    void thePlanOfSomeInstancesIsThatPartOfTheWholePlan() {
        cases.each(c -> {
            Set<ResourceId> wanted = DesiredState.of(
                            c.manifest(),
                            c.manifest().instances().subList(0, Math.min(2, c.manifest().instances().size())),
                            EnumSet.allOf(Store.class),
                            c.login(),
                            c.scripts(),
                            StateGenerator.NODES)
                    .state()
                    .resources()
                    .keySet();
            List<Change> part = c.plan().changes().stream()
                    .filter(change -> wanted.contains(change.target()))
                    .toList();
            assertEquals(part, Planner.plan(c.live(), c.desired().of(wanted)).changes());
        });
    }

    @Test
    void theFingerprintDiffersWhenAnyConcernedResourceDoes() {
        cases.each(c -> someOf(c.desired()).forEach(wanted -> {
            Map<ResourceId, Resource> other = new TreeMap<>(c.live().state().resources());
            if (other.remove(wanted.id()) == null) {
                other.put(wanted.id(), new LiveResources(new Random(c.seed())).inPlaceOf(wanted));
            }
            assertNotEquals(c.plan().fingerprint(), fingerprint(other, c.desired()));
        }));
    }

    @Test
    void theFingerprintDiffersWhenLessIsDesired() {
        cases.each(c -> someOf(c.desired()).forEach(unwanted -> {
            Map<ResourceId, Resource> less = new TreeMap<>(c.desired().state().resources());
            Map<ResourceId, String> instances = new TreeMap<>(c.desired().instances());
            less.remove(unwanted.id());
            instances.remove(unwanted.id());
            Desired desired = new Desired(State.of(less.values()), instances, c.desired().mark());
            assertNotEquals(c.plan().fingerprint(), fingerprint(c.live().state().resources(), desired));
        }));
    }

    @Test
    void theFingerprintStaysWhenSomethingElseDiffers() {
        cases.each(c -> {
            Map<ResourceId, Resource> other = new TreeMap<>(c.live().state().resources());
            other.keySet().retainAll(c.desired().state().resources().keySet());
            Role newcomer = new Role("newcomer", Optional.empty());
            other.put(newcomer.id(), newcomer);
            assertEquals(c.plan().fingerprint(), fingerprint(other, c.desired()));
        });
    }

    private static List<Resource> someOf(Desired desired) {
        List<Resource> some = new ArrayList<>(desired.state().resources().values());
        Collections.shuffle(some, new Random(some.size()));
        return some.stream().limit(3).toList();
    }

    private static Fingerprint fingerprint(Map<ResourceId, Resource> live, Desired desired) {
        return Planner.plan(new Live(State.of(live.values()), List.of()), desired).fingerprint();
    }

    /** A law that is held over cases in which nothing happens says nothing. */
    @Test
    void theCasesMakeAlterTakeAwayAndKeepWhateverCanBe() {
        Set<String> seen = new TreeSet<>();
        cases.each(c -> {
            Plan plan = c.plan();
            plan.changes().forEach(change -> seen.add(what(change) + " " + change.resource().kind().id()));
            plan.refusals().forEach(refusal -> seen.add("refused"));
            plan.hazards().forEach(hazard -> seen.add("hazard"));
            seen.add(plan.isEmpty() ? "empty" : "something to do");
        });
        assertEquals(
                """
                alter acl_user
                alter default_privileges
                alter folder
                alter membership
                alter move
                alter schema
                alter schema_grant
                alter search_path
                alter sql_file
                empty
                hazard
                make acl_user
                make compat_view
                make default_privileges
                make distribution
                make folder
                make membership
                make namespace
                make role
                make schema
                make schema_access
                make schema_grant
                make search_path
                make sql_file
                refused
                something to do
                take away object_grants
                take away schema_grant
                """,
                String.join("\n", seen) + "\n");
    }

    private static String what(Change change) {
        assertFalse(change.before().equals(change.after()));
        if (change.creates()) {
            return "make";
        }
        return change.after().isPresent() ? "alter" : "take away";
    }
}
