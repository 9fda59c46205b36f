package io.provision.apply;

import io.provision.plan.Change;
import io.provision.plan.Plan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Roles that are made together, so that instances can begin while those of the next ones are made.
 *
 * @param instances those that have all of theirs then, in the plan's order
 * @param changes each instance's in one chunk; all roles first, because a CREATEROLE login pays for each turn from
 *     roles to memberships and back
 */
record RoleChunk(List<String> instances, List<Change> changes) {

    /** Of the first chunk, in changes: nobody has anything to do before it is committed. */
    static final int FIRST = 32;

    /**
     * How many times as large as the one before it a chunk is. With each one, every session of a CREATEROLE login
     * works out anew whose member it is, which costs more the more roles there are: so there are few.
     */
    private static final int GROWTH = 3;

    /** Of one transaction, in changes: each role takes a lock or two, and it has room for a few thousand by default. */
    static final int LARGEST = 500;

    RoleChunk {
        instances = List.copyOf(instances);
        changes = changes.stream().sorted(Comparator.comparing(change -> change.resource().kind())).toList();
    }

    /**
     * The chunks of a plan, in its order; one at least. What several instances share is in the first one, however much
     * it is: no instance can do without it.
     */
    static List<RoleChunk> of(Plan plan) {
        List<RoleChunk> chunks = new ArrayList<>();
        List<String> instances = new ArrayList<>();
        List<Change> changes = new ArrayList<>();
        int limit = FIRST;
        for (Map.Entry<String, List<Change>> each : sharedFirst(plan).entrySet()) {
            List<Change> own = each.getValue().stream().filter(RolePhase::covers).toList();
            if (!changes.isEmpty() && changes.size() + own.size() > limit) {
                chunks.add(new RoleChunk(instances, changes));
                instances.clear();
                changes.clear();
                limit = Math.min(limit * GROWTH, LARGEST);
            }
            if (!each.getKey().equals(Change.SHARED)) {
                instances.add(each.getKey());
            }
            changes.addAll(own);
        }
        chunks.add(new RoleChunk(instances, changes));
        return List.copyOf(chunks);
    }

    /** The plan has it anywhere: where the shared role stands, what is left of it comes after all roles. */
    private static Map<String, List<Change>> sharedFirst(Plan plan) {
        Map<String, List<Change>> byInstance = new LinkedHashMap<>(Map.of(Change.SHARED, List.of()));
        byInstance.putAll(plan.byInstance());
        return byInstance;
    }
}
