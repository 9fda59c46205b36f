package io.provision.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.plan.Change;
import io.provision.plan.Fingerprint;
import io.provision.plan.Plan;
import io.provision.plan.PostgresResource.Membership;
import io.provision.plan.PostgresResource.Role;
import io.provision.plan.PostgresResource.SearchPath;
import io.provision.plan.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** In which order roles are made, and which of them together. */
class RoleChunkTest {

    @Test
    void chunksGrowUntilATransactionHasNoRoomForMore() {
        List<RoleChunk> chunks = RoleChunk.of(plan(instances(2_000)));

        assertEquals(
                List.of(16, 48, 144, 250, 250, 250, 250, 250, 250, 250, 42),
                chunks.stream().map(chunk -> chunk.instances().size()).toList());
    }

    @Test
    void anInstancesRoleAndItsMembershipsAreMadeTogetherAndInThePlansOrder() {
        List<Change> changes = instances(700);

        List<RoleChunk> chunks = RoleChunk.of(plan(changes));

        assertEquals(
                changes.stream().filter(RolePhase::covers).toList(),
                chunks.stream().flatMap(chunk -> chunk.changes().stream()).toList());
        for (RoleChunk chunk : chunks) {
            assertEquals(
                    chunk.instances(), chunk.changes().stream().map(Change::instance).distinct().toList());
        }
    }

    @Test
    void whatSeveralShareIsInTheFirstOneHoweverMuchItIs() {
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < 700; i++) {
            changes.add(made(Change.SHARED, new Role("reader_" + i, Optional.empty())));
        }
        changes.addAll(instances(3));

        List<RoleChunk> chunks = RoleChunk.of(plan(changes));

        assertEquals(List.of(List.of(), List.of("i0", "i1", "i2")), chunks.stream().map(RoleChunk::instances).toList());
        assertTrue(chunks.get(0).changes().stream().allMatch(change -> change.instance().equals(Change.SHARED)));
    }

    @Test
    void instancesWithoutRolesToMakeComeToo() {
        List<RoleChunk> chunks = RoleChunk.of(plan(List.of(made("i0", path("i0")), made("i1", path("i1")))));

        assertEquals(List.of(new RoleChunk(List.of("i0", "i1"), List.of())), chunks);
    }

    @Test
    void whereNothingIsToBeDoneThereIsOneWithNothingInIt() {
        assertEquals(List.of(new RoleChunk(List.of(), List.of())), RoleChunk.of(plan(List.of())));
    }

    /** Each with a role, a membership, and something that is no role. */
    private static List<Change> instances(int count) {
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = "i" + i;
            changes.add(made(name, new Role(name, Optional.empty())));
            changes.add(made(name, new Membership(name, "login", true, true)));
            changes.add(made(name, path(name)));
        }
        return changes;
    }

    private static SearchPath path(String role) {
        return new SearchPath(role, "db", List.of("public"), "public");
    }

    private static Change made(String instance, Resource resource) {
        return new Change(instance, Optional.empty(), Optional.of(resource), "missing", List.of());
    }

    private static Plan plan(List<Change> changes) {
        return new Plan(changes, List.of(), List.of(), List.of(), List.of(), 0, Fingerprint.of(""));
    }
}
